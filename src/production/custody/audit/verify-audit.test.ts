import { createHash } from 'node:crypto';
import { signMessage } from '../../../standards/crypto/sign-verify';
import { makeTestKey } from '../../../standards/pki/testing/test-issuer';
import type {
  AuditEntry,
  AuditEvent,
  AuditLog,
  StoredAuditEntry,
  StoredCheckpoint,
} from '../../document/custody/audit-log';
import {
  encodeAuditEntry,
  encodeCheckpoint,
  NO_PREVIOUS,
  parseAuditEntry,
} from '../../document/custody/audit-text';
import type { Hsm } from '../../ports';
import { encodeEntryLine } from './audit-file';
import { exportAudit } from './export-audit';
import { verifyAudit } from './verify-audit';

const key = makeTestKey('ecdsa-P-256-sha256');
const signed = (text: string): Uint8Array =>
  signMessage(key.algorithm.signature, key.privateKey, Buffer.from(text));
const sha256 = (text: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(text).digest());
const at = new Date('2026-03-02T08:00:00Z');
const event = (action: string): AuditEvent => ({
  ...{ who: 'an', action, subject: 'key dsc-1', place: 'room 1', at, outcome: 'done' },
  reasons: [],
});

type Item = StoredAuditEntry | StoredCheckpoint;

/** Two writers in turn, ten entries each, a checkpoint after every eighth entry. */
function makeItems(): Item[] {
  const items: Item[] = [];
  const heads = new Map<string, { writer: string; sequence: number; sha256: Uint8Array }>();
  let previous = NO_PREVIOUS;
  for (let index = 0; index < 20; index++) {
    const writer = index % 2 === 0 ? 'host-a' : 'host-b';
    const head = heads.get(writer) ?? { sequence: 0, sha256: NO_PREVIOUS };
    const sequence = head.sequence + 1;
    const entry: AuditEntry = {
      ...event(`act-${index}`),
      ...{ writer, sequence, previous: head.sha256 },
    };
    const text = encodeAuditEntry(entry);
    heads.set(writer, { writer, sequence, sha256: sha256(text) });
    items.push({ text, sha256: sha256(text) });
    if (index % 8 !== 7) continue;
    const statement = encodeCheckpoint({
      ...{ kind: 'periodic', number: (index + 1) / 8, at, algorithm: 'ecdsa-P-256-sha256' },
      ...{ previous, heads: [...heads.values()] },
    });
    previous = sha256(statement);
    items.push({ text: statement, signature: signed(statement) });
  }
  return items;
}

async function exportLines(): Promise<string[]> {
  const log = {
    async readAll(visit) {
      for (const item of makeItems()) {
        await ('signature' in item ? visit.checkpoint(item) : visit.entry(item));
      }
    },
  } as Pick<AuditLog, 'readAll'> as AuditLog;
  const hsm = {
    sign: ({ message }) =>
      Promise.resolve(signMessage(key.algorithm.signature, key.privateKey, message)),
  } as Pick<Hsm, 'sign'> as Hsm;
  const lines: string[] = [];
  await exportAudit(
    log,
    { hsm, keyLabel: 'audit-1', algorithm: 'ecdsa-P-256-sha256', clock: { now: () => at } },
    (line) => {
      lines.push(line);
      return Promise.resolve();
    },
  );
  return lines;
}

const faultsOf = async (lines: readonly string[]): Promise<string[]> =>
  (await verifyAudit(lines, key.publicKey)).faults.map(({ kind, where }) => `${kind} ${where}`);

/** Index of a writer's entry in the file. */
const find = (lines: readonly string[], writer: string, sequence: number): number =>
  lines.findIndex((line) => line.includes(`{"writer":"${writer}","sequence":${sequence},`));

/** What somebody with the file but without the key can do: every later hash of a writer anew. */
function rehash(lines: readonly string[], writer: string): string[] {
  let previous = NO_PREVIOUS;
  let sequence = 0;
  return lines.map((line) => {
    if (!line.startsWith('entry') || !line.includes(`"writer":"${writer}"`)) return line;
    const text = line.split('\t')[2]!;
    const again = encodeAuditEntry({ ...parseAuditEntry(text), previous, sequence: ++sequence });
    previous = sha256(again);
    return encodeEntryLine({ text: again, sha256: previous });
  });
}

describe('verifyAudit', () => {
  it('finds nothing in a log as it was written, and says how far it goes', async () => {
    const verdict = await verifyAudit(await exportLines(), key.publicKey);
    expect(verdict).toEqual({
      ...{ faults: [], entries: 20, writers: 2, checkpoints: 2, completeUntil: at },
    });
  });

  it('names an entry that was deleted', async () => {
    const lines = await exportLines();
    lines.splice(find(lines, 'host-b', 3), 1);
    expect(await faultsOf(lines)).toEqual(['deleted host-b 3']);
  });

  it('names an entry that was changed', async () => {
    const lines = await exportLines();
    const index = find(lines, 'host-a', 5);
    lines[index] = lines[index]!.replace('"outcome":"done"', '"outcome":"refused"');
    expect(await faultsOf(lines)).toEqual(['changed host-a 5']);
  });

  it('names an entry that was changed together with its hash', async () => {
    const lines = await exportLines();
    const index = find(lines, 'host-a', 2);
    const text = lines[index]!.split('\t')[2]!.replace('"who":"an"', '"who":"binh"');
    lines[index] = encodeEntryLine({ text, sha256: sha256(text) });
    expect(await faultsOf(lines)).toEqual(['changed host-a 2']);
  });

  it('names the one of two entries that changed places', async () => {
    const lines = await exportLines();
    const [one, two] = [find(lines, 'host-a', 2), find(lines, 'host-a', 3)];
    [lines[one], lines[two]] = [lines[two]!, lines[one]!];
    expect(await faultsOf(lines)).toEqual(['reordered host-a 2']);
  });

  it('names an entry that was inserted', async () => {
    const lines = await exportLines();
    const index = find(lines, 'host-b', 6);
    const entry = { ...parseAuditEntry(lines[index]!.split('\t')[2]!), who: 'somebody' };
    const text = encodeAuditEntry(entry);
    lines.splice(index + 1, 0, encodeEntryLine({ text, sha256: sha256(text) }));
    expect(await faultsOf(lines)).toEqual(['inserted host-b 6']);
  });

  it.each([1, 2, 5, 12])('finds a file whose last %i lines are gone', async (count) => {
    const lines = (await exportLines()).slice(0, -count);
    expect(await faultsOf(lines)).toContain('truncated the end');
    expect((await verifyAudit(lines, key.publicKey)).completeUntil).toBeUndefined();
  });

  it('says between which checkpoints a change stands whose later hashes were all made anew', async () => {
    const lines = await exportLines();
    const index = find(lines, 'host-a', 6);
    lines[index] = lines[index]!.replace('"who":"an"', '"who":"binh"');
    expect(await faultsOf(rehash(lines, 'host-a'))).toEqual([
      'changed host-a 5 to 8',
      'changed host-a 9 to 10',
    ]);
  });

  it('finds entries taken from or put to the end of a chain, hashes made anew', async () => {
    const lines = await exportLines();
    const last = find(lines, 'host-b', 10);
    const without = lines.filter((_, index) => index !== last);
    expect(await faultsOf(without)).toEqual(['truncated host-b 10 to 10']);
    const more = lines.toSpliced(
      last + 1,
      0,
      lines[last]!.replace('"sequence":10', '"sequence":11'),
    );
    expect(await faultsOf(rehash(more, 'host-b'))).toEqual(['inserted host-b 11 to 11']);
  });

  it('finds a writer that is gone with all its entries', async () => {
    const lines = (await exportLines()).filter((line) => !line.includes('{"writer":"host-b"'));
    expect(await faultsOf(lines)).toEqual([
      ...['deleted host-b 1 to 4', 'deleted host-b 1 to 8', 'deleted host-b 1 to 10'],
    ]);
  });

  it('finds two writers that gave each other their names, hashes made anew', async () => {
    const names: Readonly<Record<string, string>> = { 'host-a': 'host-b', 'host-b': 'host-a' };
    const lines = (await exportLines()).map((line) =>
      line.startsWith('entry') ? line.replace(/host-[ab]/, (name) => names[name] ?? name) : line,
    );
    // As they stand, no text has its hash; made anew, no checkpoint knows the chains.
    expect((await faultsOf(lines)).filter((fault) => fault.startsWith('changed'))).not.toEqual([]);
    expect(await faultsOf(rehash(rehash(lines, 'host-a'), 'host-b'))).toEqual([
      ...['changed host-a 1 to 4', 'changed host-b 1 to 4'],
      ...['changed host-a 5 to 8', 'changed host-b 5 to 8'],
      ...['changed host-a 9 to 10', 'changed host-b 9 to 10'],
    ]);
  });

  it('finds a file that was cut off in the middle of a line, wherever that is', async () => {
    const text = (await exportLines()).join('\n');
    const ends = Array.from({ length: 40 }, (_, index) => Math.floor((text.length * index) / 40));
    for (const end of ends.filter((one) => one > 20)) {
      const faults = await faultsOf(text.slice(0, end).split('\n'));
      expect([end, faults.at(-1)]).toEqual([end, 'truncated the end']);
    }
    const last = await faultsOf(text.slice(0, -3).split('\n'));
    expect(last).toContain('truncated the end');
  });

  it('finds a checkpoint that is gone, of another key, or changed', async () => {
    const lines = await exportLines();
    const index = lines.findIndex((line) => line.startsWith('checkpoint'));
    expect(await faultsOf(lines.toSpliced(index, 1))).toContain('deleted checkpoint 1');
    const changed = lines.with(index, lines[index]!.replace('08:00', '09:00'));
    expect(await faultsOf(changed)).toContain('unsigned checkpoint 1');
    const other = makeTestKey('ecdsa-P-256-sha256');
    const { faults } = await verifyAudit(lines, other.publicKey);
    expect(faults.filter(({ kind }) => kind === 'unsigned')).toHaveLength(3);
  });

  it('takes nothing for an audit file that is none', async () => {
    await expect(verifyAudit(['{}'], key.publicKey)).rejects.toThrow('does not begin as one');
    const lines = await exportLines();
    expect(await faultsOf(lines.toSpliced(3, 0, 'rubbish'))).toEqual(['changed line 4']);
  });
});
