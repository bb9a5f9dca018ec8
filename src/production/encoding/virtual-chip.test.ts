import { SeededRandom } from '../../simulation/seeded-random';
import { isChipKind } from '../../simulation/chip/chip-kinds';
import { TestTerminal } from '../../simulation/chip/testing/test-terminal';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import { VirtualReader } from '../../simulation/chip/virtual-reader';
import type { CardConnection } from '../ports';
import { compileScript } from '../personalization/compile-script';
import { buildSampleDocument } from '../personalization/sample-document';
import { shippedChip, shippedPairs, shippedProduct } from '../profile/testing/shipped-profiles';
import { identifyChip } from './identify-chip';
import { observeLife } from './observe-life';
import { probeAfterCrash } from './probe-after-crash';
import { requireBlank } from './probe-blank';
import { writeChip } from './write-chip';

function prepare(productName: string, chipName: string) {
  const product = shippedProduct(productName);
  const chip = shippedChip(chipName);
  const document = buildSampleDocument(product, chip);
  return { chip, document, script: compileScript({ document, product, chip }) };
}

async function insertBlank(kind: string): Promise<{ card: VirtualCard; chip: CardConnection }> {
  if (!isChipKind(kind)) throw new Error(`${kind} cannot be simulated`);
  const card = new VirtualCard({ kind, random: new SeededRandom('writer') });
  const reader = new VirtualReader('virtual reader');
  reader.insert(card);
  return { card, chip: await reader.connect({ timeoutMs: 0 }) };
}

describe.each(shippedPairs().filter(([, chip]) => isChipKind(chip)))(
  '%s on %s',
  (product, name) => {
    const { chip, document, script } = prepare(product, name);

    /** Opens the chip as a reader would and compares every file. */
    async function expectContent(channel: CardConnection): Promise<void> {
      const terminal = new TestTerminal(channel, new SeededRandom('terminal'));
      await terminal.selectApplet();
      await terminal.openByBac(document.access.mrz);
      const found = new Map<string, Uint8Array>();
      for (const file of document.files.keys()) {
        const fid = chip.files.get(file)?.fid ?? new Uint8Array();
        found.set(file, await terminal.readFile(Buffer.from(fid).readUInt16BE()));
      }
      expect(found).toEqual(document.files);
    }

    test('goes onto a blank chip, can be read before the lock, and is locked', async () => {
      const { chip: channel } = await insertBlank(name);
      expect((await identifyChip(channel)).from).toBe('CPLC');
      await requireBlank(channel, chip);
      await writeChip({ channel, script, phase: 'write' });
      await channel.reset();

      const terminal = new TestTerminal(channel, new SeededRandom('terminal'));
      await terminal.selectApplet();
      await terminal.openByBac(document.access.mrz);
      for (const [file, content] of document.files) {
        const fid = chip.files.get(file)?.fid ?? new Uint8Array();
        expect([file, await terminal.readFile(Buffer.from(fid).readUInt16BE())]).toEqual([
          file,
          content,
        ]);
      }

      await channel.reset();
      expect((await observeLife(channel, chip)).sign).toBe('begun');
      await channel.reset();
      await writeChip({ channel, script, phase: 'lock' });
      await channel.reset();
      expect((await observeLife(channel, chip)).sign).toBe('locked');
      await expect(requireBlank(channel, chip)).rejects.toMatchObject({ code: 'CARD_NOT_BLANK' });
      await expect(writeChip({ channel, script, phase: 'write' })).rejects.toMatchObject({
        code: 'CARD_REFUSED',
        reasons: [expect.any(String), '6985 (conditions of use not satisfied)'],
      });
    });

    test.each([0, 1])(
      'is taken up by what it says, wherever power failed after %i pages',
      async (pages) => {
        const count = script.steps.reduce((sum, { commands }) => sum + commands.length, 0);
        const inWrite = script.steps
          .filter(({ phase }) => phase === 'write')
          .reduce((sum, { commands }) => sum + commands.length, 0);
        const seen = new Set<string>();
        for (let apdu = 1; apdu <= count; apdu++) {
          const { chip: channel, card } = await insertBlank(name);
          card.setFaults([{ kind: 'tear-off', atApdu: apdu, pages }]);
          const verified = await writeAll(channel, apdu > inWrite);
          card.setFaults([]);
          await channel.reset();
          const decision = await probeAfterCrash({ channel, chip, attempt: { verified } });
          seen.add(decision.action);
          if (decision.action !== 'resume') continue;
          await channel.reset();
          if (decision.from === 'write') {
            await writeChip({ channel, script, phase: 'write' });
            await channel.reset();
          }
          await writeChip({ channel, script, phase: 'lock', without: decision.without });
          await channel.reset();
          expect([apdu, (await observeLife(channel, chip)).sign]).toEqual([apdu, 'locked']);
          await expectContent(channel);
        }
        expect(seen).toContain('resume');

        /** Runs into the fault; true when the write phase was over before. */
        async function writeAll(
          channel: CardConnection,
          expectVerified: boolean,
        ): Promise<boolean> {
          let verified = false;
          await expect(
            (async () => {
              await writeChip({ channel, script, phase: 'write' });
              verified = true;
              await writeChip({ channel, script, phase: 'lock' });
            })(),
          ).rejects.toMatchObject({ code: 'CARD_LOST' });
          expect(verified).toBe(expectVerified);
          return verified;
        }
      },
    );
  },
);
