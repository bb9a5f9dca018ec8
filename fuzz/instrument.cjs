// Counts branches and statements of the product as it runs: every file of dist/src is rewritten
// with counters while Node loads it. The counters are what guides the fuzzer.
const { readFileSync } = require('node:fs');
const { join, sep } = require('node:path');
const { createInstrumenter } = require('istanbul-lib-instrument');

const PRODUCT = join(__dirname, '..', 'dist', 'src') + sep;
const instrumenter = createInstrumenter({
  compact: true,
  esModules: false,
  produceSourceMap: false,
  coverageVariable: '__fuzz__',
});

function instrumentProduct() {
  const load = require.extensions['.js'];
  require.extensions['.js'] = (module, filename) => {
    if (!filename.startsWith(PRODUCT)) return load(module, filename);
    module._compile(
      instrumenter.instrumentSync(readFileSync(filename, 'utf8'), filename),
      filename,
    );
  };
}

/** Every counter that there is, as the object that holds it and its name in that. */
function listCounters() {
  return Object.values(globalThis.__fuzz__ ?? {}).flatMap(({ s, f, b }) => [
    ...Object.keys(s).map((key) => [s, key]),
    ...Object.keys(f).map((key) => [f, key]),
    ...Object.values(b).flatMap((arms) => arms.map((_, key) => [arms, key])),
  ]);
}

/** Reads and clears all counters; tells whether something ran that never ran so often before. */
function openCoverage() {
  const counters = listCounters();
  const holders = counters.map(([holder]) => holder);
  const keys = counters.map(([, key]) => key);
  const seen = new Uint8Array(counters.length);
  let features = 0;
  return {
    get features() {
      return features;
    },
    take() {
      let isNew = false;
      for (let index = 0; index < holders.length; index++) {
        const count = holders[index][keys[index]];
        if (count === 0) continue;
        holders[index][keys[index]] = 0;
        // 1, 2, 3, 4, 8, 16, 32, 128 and more, as AFL counts.
        const bit =
          count < 4
            ? 1 << (count - 1)
            : count < 8
              ? 8
              : count < 16
                ? 16
                : count < 32
                  ? 32
                  : count < 128
                    ? 64
                    : 128;
        if ((seen[index] & bit) === 0) {
          seen[index] |= bit;
          features++;
          isNew = true;
        }
      }
      return isNew;
    },
  };
}

module.exports = { instrumentProduct, openCoverage };
