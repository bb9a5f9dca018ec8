// Rewrites the compiled product with counters: one byte a branch and a function, all of them in one
// flat array, so that clearing and reading them costs a fuzzer next to nothing.
const { readFileSync } = require('node:fs');
const { createInstrumenter } = require('istanbul-lib-instrument');

const COUNTER = /cov_\w+\(\)\.(?:f\[\d+\]|b\[\d+\]\[\d+\])\+\+/g;
const STATEMENT = /cov_\w+\(\)\.s\[\d+\]\+\+/g;
const COVERAGE_FUNCTION = /function cov_\w+\(\)\{.*?\}cov_\w+\(\);/s;

/**
 * The modules with counters in them, by their paths: all that a run needs of the product, so that a
 * build meanwhile cannot pull it from under the fuzzer. Each tells its own stretch of counters.
 */
function instrumentModules(paths) {
  const instrumenter = createInstrumenter({
    compact: true,
    esModules: false,
    produceSourceMap: false,
    coverageVariable: '__fuzz__',
  });
  let next = 0;
  const modules = new Map();
  for (const path of paths) {
    const source = readFileSync(path, 'utf8');
    const first = next;
    const code = instrumenter
      .instrumentSync(source, path)
      .replace(COVERAGE_FUNCTION, '')
      .replace(STATEMENT, '0')
      .replace(COUNTER, () => `$c[${next++}]++`);
    if (code.includes('cov_')) throw new Error(`${path}: a counter was not understood`);
    const strict = source.startsWith('"use strict"') ? '"use strict";' : '';
    modules.set(path, {
      code: `${strict}const $c=globalThis.__fuzzCounters;${code}`,
      source,
      first,
      end: next,
    });
  }
  return { modules, counters: next };
}

/** Lets Node load these modules in place of the files. */
function serveModules(modules) {
  const load = require.extensions['.js'];
  require.extensions['.js'] = (module, filename) => {
    const served = modules.get(filename);
    if (served === undefined) return load(module, filename);
    module._compile(served.code, filename);
  };
}

// 1, 2, 3, 4, 8, 16, 32, 128 and more, as AFL counts.
const BUCKETS = Uint8Array.from({ length: 256 }, (_, count) => {
  const limits = [1, 2, 3, 4, 8, 16, 32, 128];
  return count === 0 ? 0 : 1 << limits.findLastIndex((limit) => count >= limit);
});

/** The counters; to be called before the product is loaded. */
function openCoverage(length) {
  const words = new Int32Array((length + 3) >> 2);
  // A counter stays at 255 instead of beginning again at 0.
  const counters = new Uint8ClampedArray(words.buffer);
  globalThis.__fuzzCounters = counters;
  const seen = new Uint8Array(counters.length);
  let features = 0;
  return {
    seen,
    get features() {
      return features;
    },
    clear: () => counters.fill(0),
    /** Reads and clears all counters; tells whether something ran that never ran so often before. */
    take() {
      let isNew = false;
      for (let word = 0; word < words.length; word++) {
        if (words[word] === 0) continue;
        for (let at = word * 4; at < word * 4 + 4; at++) {
          const bucket = BUCKETS[counters[at]];
          if ((seen[at] & bucket) === bucket) continue;
          seen[at] |= bucket;
          features++;
          isNew = true;
        }
        words[word] = 0;
      }
      return isNew;
    },
  };
}

module.exports = { instrumentModules, openCoverage, serveModules };
