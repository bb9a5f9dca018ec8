import { SeededRandom } from '../../simulation/seeded-random';
import { isChipKind } from '../../simulation/chip/chip-kinds';
import { TestTerminal } from '../../simulation/chip/testing/test-terminal';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import { VirtualReader } from '../../simulation/chip/virtual-reader';
import { decodeUint } from '../../standards/bytes/integer';
import type { LdsFileName } from '../document/lds-files';
import type { CardConnection } from '../ports';
import type { ChipFolder } from '../profile/chip';
import { compileScript } from '../personalization/compile-script';
import { buildSampleDocument } from '../personalization/sample-document';
import { shippedChip, shippedPairs, shippedProduct } from '../profile/testing/shipped-profiles';
import { identifyChip } from './identify-chip';
import { observeLife } from './observe-life';
import { createSecureChannelOpener } from './open-secure-channel';
import { probeAfterCrash } from './probe-after-crash';
import { requireBlank } from './probe-blank';
import type { SecureChannelOpener } from './secure-channel';
import { openTrialCardKeys } from './testing/trial-card-keys';
import { writeChip } from './write-chip';

let trial: Awaited<ReturnType<typeof openTrialCardKeys>>;
let openSecureChannel: SecureChannelOpener;
beforeAll(async () => {
  trial = await openTrialCardKeys();
  const random = new SeededRandom('channels');
  openSecureChannel = createSecureChannelOpener({ cardKeys: trial.hsm, random });
});
afterAll(() => trial.remove());

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
    const hasLock = script.steps.some(({ verb }) => verb === 'lock');
    const write = (
      channel: CardConnection,
      phase: 'write' | 'lock',
      without: readonly string[] = [],
    ) => writeChip({ channel, script, phase, without, openSecureChannel });

    /**
     * Opens the chip as a reader would and compares every file, but for EF.CardSecurity: only PACE
     * opens it, and the sample document announces none.
     */
    async function expectContent(channel: CardConnection): Promise<void> {
      const terminal = new TestTerminal(channel, new SeededRandom('terminal'));
      const expected = [...document.files].filter(([file]) => file !== 'EF.CardSecurity');
      const inFolder = (folder: ChipFolder) =>
        expected.filter(([file]) => chip.files.get(file)?.folder === folder);
      await expectFiles(terminal, inFolder('master-file'));
      await terminal.selectApplet();
      if (chip.access.bac) await terminal.openByBac(document.access.mrz);
      await expectFiles(terminal, inFolder('application'));
    }

    async function expectFiles(
      terminal: TestTerminal,
      files: readonly (readonly [LdsFileName, Uint8Array])[],
    ): Promise<void> {
      for (const [file, content] of files) {
        const { fid = new Uint8Array() } = chip.files.get(file) ?? {};
        expect([file, await terminal.readFile(decodeUint(fid))]).toEqual([file, content]);
      }
    }

    test('goes onto a blank chip, can be read before the lock, and is locked', async () => {
      const { chip: channel } = await insertBlank(name);
      expect((await identifyChip(channel)).from).toBe('CPLC');
      await channel.reset();
      await requireBlank(channel, chip);
      await write(channel, 'write');
      await channel.reset();
      await expectContent(channel);

      await channel.reset();
      expect((await observeLife(channel, chip)).sign).toBe('begun');
      if (!hasLock) return;
      await channel.reset();
      await write(channel, 'lock');
      await channel.reset();
      expect((await observeLife(channel, chip)).sign).toBe('locked');
      await channel.reset();
      await expect(requireBlank(channel, chip)).rejects.toMatchObject({ code: 'CARD_NOT_BLANK' });
      await channel.reset();
      await expect(write(channel, 'write')).rejects.toMatchObject({
        code: 'CARD_REFUSED',
        reasons: [expect.any(String), '6985 (conditions of use not satisfied)'],
      });
      await channel.reset();
      await expectContent(channel);
    });

    const takeUpTest = hasLock ? test.each([0, 1]) : undefined;
    takeUpTest?.(
      'is taken up by what it says, wherever power failed after %i pages',
      async (pages) => {
        const { inWrite, count } = await countCommands();
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
            await write(channel, 'write');
            await channel.reset();
          }
          await write(channel, 'lock', decision.without);
          await channel.reset();
          expect([apdu, (await observeLife(channel, chip)).sign]).toEqual([apdu, 'locked']);
          await channel.reset();
          await expectContent(channel);
        }
        expect(seen).toContain('resume');

        /** What is sent in a clean run, the commands of the secure channel among it. */
        async function countCommands(): Promise<{ inWrite: number; count: number }> {
          const { chip: channel, card } = await insertBlank(name);
          await write(channel, 'write');
          const sent = card.apduCount;
          await write(channel, 'lock');
          return { inWrite: sent, count: card.apduCount };
        }

        /** Runs into the fault; true when the write phase was over before. */
        async function writeAll(
          channel: CardConnection,
          expectVerified: boolean,
        ): Promise<boolean> {
          let verified = false;
          await expect(
            (async () => {
              await write(channel, 'write');
              verified = true;
              await write(channel, 'lock');
            })(),
          ).rejects.toMatchObject({ code: 'CARD_LOST' });
          expect(verified).toBe(expectVerified);
          return verified;
        }
      },
    );
  },
);
