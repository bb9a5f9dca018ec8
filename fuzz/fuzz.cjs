// Fuzzes targets one after another, each in a thread of its own, and watches over it: a fault, an
// input that takes too long, and too much memory end the run with the input kept. Called by
// scripts/fuzz.
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join, sep } = require('node:path');
const { parseArgs } = require('node:util');
const { Worker } = require('node:worker_threads');
const { instrumentModules } = require('./instrument.cjs');

const HANG_MS = 10_000;
const MAX_HEAP_MEGABYTES = 512;
// The heap, what lies outside of it, and the program itself.
const MAX_MEGABYTES = 1024;
const MAX_INPUT_BYTES = 1 << 20;
// The number of the run before any input; seeds count down from it.
const LOADING = 0;
const root = join(__dirname, '..');
const product = join(root, 'dist', 'src') + sep;
const paths = {
  target: join(product, 'fuzzing', 'target.js'),
  targets: join(product, 'fuzzing', 'targets.js'),
};
const { positionals, values } = readArguments();
const { FUZZ_TARGETS } = require(paths.targets);
const { readSeeds } = require(join(product, 'fuzzing', 'read-seeds.js'));
const names = Object.keys(FUZZ_TARGETS);

void main();

async function main() {
  if (values.list) return process.stdout.write(`${names.join('\n')}\n`);
  const wanted = values.all ? names : positionals;
  const unknown = wanted.filter((name) => !names.includes(name));
  if (wanted.length === 0 || unknown.length > 0) {
    process.stderr.write(
      `error: no such target: ${unknown.join(', ')}\nhint: scripts/fuzz --list names them\n`,
    );
    process.exitCode = 2;
    return;
  }
  const loaded = Object.keys(require.cache).filter(
    (path) => path.startsWith(product) && path.endsWith('.js'),
  );
  const instrumented = instrumentModules(loaded);
  for (const name of wanted) {
    const fault = await fuzzTarget(name, instrumented);
    if (fault !== undefined) process.exitCode = 1;
  }
}

/** Ends the program where they are not understood. */
function readArguments() {
  try {
    const given = parseArgs({
      allowPositionals: true,
      options: {
        runs: { type: 'string', default: '1000000' },
        seed: { type: 'string', default: '1' },
        list: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
      },
    });
    const { runs, seed } = given.values;
    if (Number(runs) >= 1 && Number.isSafeInteger(Number(seed))) return given;
    throw new Error('--runs and --seed are numbers');
  } catch (error) {
    process.stderr.write(
      `error: ${error.message}\nhint: scripts/fuzz TARGET... [--runs N] [--seed N], --all or --list\n`,
    );
    process.exit(2);
  }
}

function fuzzTarget(name, instrumented) {
  const folder = join(root, '.cache', 'fuzz', name);
  mkdirSync(folder, { recursive: true });
  const learned = readdirSync(folder)
    .toSorted()
    .map((file) => readFileSync(join(folder, file)));
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const current = new Uint8Array(new SharedArrayBuffer(4 + MAX_INPUT_BYTES));
  const started = performance.now();
  return new Promise((resolve) => {
    const worker = new Worker(join(__dirname, 'worker.cjs'), {
      workerData: {
        ...{ target: name, folder, runs: Number(values.runs), seed: Number(values.seed) },
        ...{ seeds: [...readSeeds(FUZZ_TARGETS[name], root), ...learned], paths },
        ...{ ...instrumented, progress, current },
      },
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
    });
    let fault;
    const stop = (reason) => {
      fault = reason;
      void worker.terminate();
    };
    const watch = watchOver(progress, stop);
    worker.on('message', (message) => {
      if (message.fault !== undefined) fault = message.fault;
      else report(name, message, { started, peakMegabytes: watch.peakMegabytes() });
    });
    worker.on('error', (error) => (fault = error.stack ?? String(error)));
    worker.on('exit', () => {
      watch.end();
      if (fault !== undefined) keep(name, current, fault);
      resolve(fault);
    });
  });
}

/**
 * Stops a run, once, whose input does not come back, or whose memory grows out of bounds. The time
 * is the process's own on a core: a busy machine is no hang.
 */
function watchOver(progress, stop) {
  const coreMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  let last = { run: LOADING, at: coreMs() };
  let peak = 0;
  const end = () => clearInterval(timer);
  const look = () => {
    const run = Atomics.load(progress, 0);
    const megabytes = process.memoryUsage.rss() / 1e6;
    peak = Math.max(peak, megabytes);
    if (run !== last.run) last = { run, at: coreMs() };
    const isHung = run !== LOADING && coreMs() - last.at > HANG_MS;
    if (!isHung && megabytes <= MAX_MEGABYTES) return;
    // A thread takes its time to end; each call to end it would leave a listener behind.
    end();
    stop(
      isHung
        ? `an input took longer than ${HANG_MS} ms`
        : `the run took more than ${MAX_MEGABYTES} MB`,
    );
  };
  const timer = setInterval(look, 200);
  return { end, peakMegabytes: () => Math.round(peak) };
}

function report(name, { done, inputs, features }, { started, peakMegabytes }) {
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    `${name}: ${done} inputs, ${Math.round(done / seconds)} a second, ${inputs} kept, ` +
      `${features} features, at most ${peakMegabytes} MB\n`,
  );
}

function keep(name, current, fault) {
  const length = new DataView(current.buffer).getUint32(0);
  const file = join(root, '.cache', 'fuzz', `${name}-fault.bin`);
  writeFileSync(file, current.slice(4, 4 + length));
  process.stderr.write(`error: ${name}: ${fault}\nhint: the input is ${file}\n`);
}
