import { recomputeSecureMessaging } from '../testing/recompute-secure-messaging';
import { readVectorEntries } from '../testing/vector-entry';

const entries = readVectorEntries('secure-messaging/secure-messaging.json').filter(
  // The recorded Chip Authentication stands in both files; it is recomputed with that protocol.
  ({ id }) => id !== 'ca-v1-trace-at',
);

describe('secure messaging, worked examples', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))('%s', (_id, entry) => {
    const computed = recomputeSecureMessaging(entry);
    expect(computed).toMatchObject(entry.expected);
  });
});
