// Feeds one target, keeps what runs new code, and stops at the first fault.
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const { join } = require('node:path');
const { parentPort, workerData } = require('node:worker_threads');
const { instrumentProduct, openCoverage } = require('./instrument.cjs');
const { mutate, seededNumbers } = require('./mutate.cjs');

const { target: name, folder, runs, seed, progress, current } = workerData;
instrumentProduct();
const { DEFAULT_MAX_BYTES, runTarget } = require('../dist/src/fuzzing/target.js');
const target = require('../dist/src/fuzzing/targets.js').FUZZ_TARGETS[name];
const maxBytes = target.maxBytes ?? DEFAULT_MAX_BYTES;
const coverage = openCoverage();
const next = seededNumbers(seed);
const corpus = readdirSync(folder)
  .toSorted()
  .map((file) => readFileSync(join(folder, file)).subarray(0, maxBytes));
if (corpus.length === 0) corpus.push(Buffer.alloc(16, 0x30));
const first = corpus.length;

for (let run = 0; run < runs; run++) {
  const bytes =
    run < first
      ? corpus[run]
      : mutate(corpus[pick(corpus.length)], corpus, next).subarray(0, maxBytes);
  // The watch outside can read what is at work when it does not come back.
  new DataView(current.buffer).setUint32(0, bytes.length);
  current.set(bytes, 4);
  Atomics.store(progress, 0, run + 1);
  try {
    runTarget(target, new Uint8Array(bytes));
  } catch (error) {
    parentPort.postMessage({ fault: error.stack ?? String(error), run });
    break;
  }
  if (coverage.take() && run >= first) {
    corpus.push(Buffer.from(bytes));
    writeFileSync(join(folder, createHash('sha1').update(bytes).digest('hex')), bytes);
  }
}
parentPort.postMessage({
  done: Atomics.load(progress, 0),
  inputs: corpus.length,
  features: coverage.features,
});

/** The newest inputs more often: they have just reached something new. */
function pick(length) {
  return next(2) === 0 ? length - 1 - next(Math.min(length, 16)) : next(length);
}
