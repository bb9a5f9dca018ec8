// Fuzzes one target in a thread of its own and watches over it: a fault, an input that takes too
// long, and too much memory end the run with the input kept. Called by scripts/fuzz.
const { copyFileSync, mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { Worker } = require('node:worker_threads');

const HANG_MS = 10_000;
const MAX_MEGABYTES = 512;
const MAX_INPUT_BYTES = 1 << 20;
const root = join(__dirname, '..');
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  },
});
const { FUZZ_TARGETS } = require('../dist/src/fuzzing/targets.js');
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
  for (const name of wanted) {
    const fault = await fuzzTarget(name);
    if (fault !== undefined) process.exitCode = 1;
  }
}

function fuzzTarget(name) {
  const folder = join(root, '.cache', 'fuzz', name);
  mkdirSync(folder, { recursive: true });
  FUZZ_TARGETS[name].seeds.forEach((file, index) => {
    copyFileSync(join(root, file), join(folder, `000-seed-${index}`));
  });
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const current = new Uint8Array(new SharedArrayBuffer(4 + MAX_INPUT_BYTES));
  const started = performance.now();
  return new Promise((resolve) => {
    const worker = new Worker(join(__dirname, 'worker.cjs'), {
      workerData: {
        target: name,
        folder,
        runs: Number(values.runs),
        seed: Number(values.seed),
        progress,
        current,
      },
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEGABYTES },
    });
    let fault;
    let last = { run: -1, at: performance.now() };
    const watch = setInterval(() => {
      const run = Atomics.load(progress, 0);
      if (run !== last.run) last = { run, at: performance.now() };
      else if (run > 0 && performance.now() - last.at > HANG_MS) {
        fault = `an input took longer than ${HANG_MS} ms`;
        void worker.terminate();
      }
    }, 500);
    worker.on('message', (message) => {
      if (message.fault !== undefined) fault = message.fault;
      else report(name, message, started);
    });
    worker.on('error', (error) => (fault = error.stack ?? String(error)));
    worker.on('exit', () => {
      clearInterval(watch);
      if (fault !== undefined) keep(name, current, fault);
      resolve(fault);
    });
  });
}

function report(name, { done, inputs, features }, started) {
  const seconds = (performance.now() - started) / 1000;
  const megabytes = Math.round(process.memoryUsage().rss / 1e6);
  process.stdout.write(
    `${name}: ${done} inputs, ${Math.round(done / seconds)} a second, ${inputs} kept, ` +
      `${features} features, ${megabytes} MB\n`,
  );
}

function keep(name, current, fault) {
  const length = new DataView(current.buffer).getUint32(0);
  const file = join(root, '.cache', 'fuzz', `${name}-fault.bin`);
  writeFileSync(file, current.slice(4, 4 + length));
  process.stderr.write(`error: ${name}: ${fault}\nhint: the input is ${file}\n`);
}
