// Writes docs/errors.md from the tables in src/production/errors: run it after `scripts/build`
// when a code was added. The house rules (src/tidy.test.ts) fail when the two disagree.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';

const { ERRORS } = createRequire(import.meta.url)('../dist/src/production/errors.js');
const EXIT = { no: 1, misuse: 2, world: 3 };
const CONSEQUENCES = {
  'retry-card': 'try the card again, or take another',
  'spoil-card': 'the card is spoiled; the document is made again on another',
  'return-record': 'the record goes back to the register; the card in hand stays blank',
  'stop-batch': 'the batch stops; other batches go on',
  'stop-line': 'the line stops until the cause is mended',
  'call-custodian': 'a key custodian is needed',
  'correct-input': 'give the command again, corrected',
};

const entries = Object.entries(ERRORS).map(
  ([code, { kind, consequence, vi, en, hint }]) => `### ${code}

${vi}. *${en[0].toUpperCase()}${en.slice(1)}.*

- exit status ${EXIT[kind]}
- what follows: ${CONSEQUENCES[consequence]} (\`${consequence}\`)
- hint: ${hint}
`,
);
writeFileSync(
  new URL('../docs/errors.md', import.meta.url),
  `# Errors

Written by \`scripts/write-error-docs.mjs\` from \`src/production/errors.ts\`.

On the command line an error is one line, \`error: CODE: what: place: causes\`, and a hint. It never carries a name, a number, an MRZ or a key. The consequence tells the station what comes next.

${entries.join('\n')}`,
);
