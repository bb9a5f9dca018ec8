import { recomputeTerminalAuthentication } from '../testing/recompute-terminal-authentication';
import { readVectorEntries } from '../testing/vector-entry';

const entries = readVectorEntries('terminal-authentication/terminal-authentication.json');

describe('Terminal Authentication, worked examples', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))('%s', (_id, entry) =>
    expect(recomputeTerminalAuthentication(entry)).toMatchObject(entry.expected),
  );
});
