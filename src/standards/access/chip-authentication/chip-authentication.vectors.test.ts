import { recomputeChipAuthentication } from '../testing/recompute-chip-authentication';
import { readVectorEntries } from '../testing/vector-entry';

const entries = [
  ...readVectorEntries('chip-authentication/chip-authentication.json'),
  // The recorded session stands in the file of secure messaging too.
  ...readVectorEntries('secure-messaging/secure-messaging.json').filter(
    ({ id }) => id === 'ca-v1-trace-at',
  ),
];

describe('Chip Authentication, worked examples', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))('%s', (_id, entry) =>
    expect(recomputeChipAuthentication(entry)).toMatchObject(entry.expected),
  );
});
