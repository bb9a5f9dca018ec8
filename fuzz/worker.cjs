// Feeds one target, keeps what runs new code, and stops at the first fault.
const { writeFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const { join } = require('node:path');
const { parentPort, workerData } = require('node:worker_threads');
const { Draft, seededNumbers } = require('./draft.cjs');
const { collectWords } = require('./dictionary.cjs');
const { openCoverage, serveModules } = require('./instrument.cjs');
const { mutate } = require('./mutate.cjs');

const { target: name, folder, runs, seed, seeds, modules, counters, paths } = workerData;
const { progress, current } = workerData;
const WARM_UP_RUNS = 1000;
const header = new DataView(current.buffer);
const coverage = openCoverage(counters);
serveModules(modules);
const { DEFAULT_MAX_BYTES, runTarget } = require(paths.target);
const target = require(paths.targets).FUZZ_TARGETS[name];
coverage.clear();
const refusalStackLimit = Error.stackTraceLimit;
// A stack costs more than most inputs; a fault is run a second time to get its own.
Error.stackTraceLimit = 0;

const next = seededNumbers(seed);
const draft = new Draft(target.maxBytes ?? DEFAULT_MAX_BYTES);
const pool = { corpus: [], words: [], isText: target.isText === true };

try {
  for (const [index, input] of seeds.entries()) {
    draft.load(input);
    // Below zero, so that the watch sees seeds come back as well.
    if (feed(draft.toBytes(), -1 - index)) pool.corpus.push(draft.toBytes());
  }
  if (pool.corpus.length === 0) pool.corpus.push(new Uint8Array(16).fill(0x30));
  for (let run = 1; run <= runs; run++) {
    if (run === 1 || run === WARM_UP_RUNS) pool.words = collectWords(touchedSources(), pool.isText);
    draft.load(pick());
    mutate(draft, next, pool);
    const bytes = draft.toBytes();
    if (feed(bytes, run)) keep(bytes);
  }
} catch (error) {
  parentPort.postMessage({ fault: error.stack ?? String(error) });
}
parentPort.postMessage({
  done: Math.max(0, Atomics.load(progress, 0)),
  inputs: pool.corpus.length,
  features: coverage.features,
});

/** Gives the target one input; tells whether it ran something new. */
function feed(bytes, run) {
  // The watch outside can read what is at work when it does not come back.
  header.setUint32(0, bytes.length);
  current.set(bytes, 4);
  Atomics.store(progress, 0, run);
  try {
    runTarget(target, bytes);
  } catch {
    Error.stackTraceLimit = refusalStackLimit;
    runTarget(target, bytes);
    throw new Error('a fault that does not come again with the same input');
  }
  return coverage.take();
}

function keep(bytes) {
  pool.corpus.push(bytes);
  writeFileSync(join(folder, createHash('sha1').update(bytes).digest('hex')), bytes);
}

/** The newest inputs more often: they have just reached something new. */
function pick() {
  const { length } = pool.corpus;
  return pool.corpus[next(2) === 0 ? length - 1 - next(Math.min(length, 16)) : next(length)];
}

function touchedSources() {
  return [...modules.values()]
    .filter(({ first, end }) => coverage.seen.subarray(first, end).some((bits) => bits !== 0))
    .map(({ source }) => source);
}
