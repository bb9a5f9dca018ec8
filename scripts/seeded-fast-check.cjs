// Properties are tried on the same inputs every time: a run of the tests tells of the change, not of
// chance. PROPERTY_SEED tries others; new inputs without end are the business of scripts/fuzz.
const fc = require('../node_modules/fast-check/lib/cjs/fast-check.js');

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 1) });
module.exports = fc;
