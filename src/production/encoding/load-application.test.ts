import { SeededRandom } from '../../simulation/seeded-random';
import { DELIVERY_KEYS, GpHost } from '../../simulation/chip/testing/gp-host';
import { TestTerminal } from '../../simulation/chip/testing/test-terminal';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import { VirtualReader } from '../../simulation/chip/virtual-reader';
import type { CommandApdu } from '../../standards/apdu/command';
import { concatBytes } from '../../standards/bytes/concat';
import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import { digestBytes } from '../../standards/crypto/digest-algorithms';
import {
  buildDelete,
  buildGetStatus,
  buildLoad,
  buildSetStatus,
} from '../../standards/gp/content-commands';
import {
  buildInstallForInstall,
  buildInstallForLoad,
  buildInstallForMakeSelectable,
  buildInstallForPersonalization,
} from '../../standards/gp/install-commands';
import { compileScript } from '../personalization/compile-script';
import { explainScript } from '../personalization/explain-script';
import { buildSampleDocument } from '../personalization/sample-document';
import { COMPONENTS, TRIAL_APPLET, TRIAL_PACKAGE } from '../personalization/testing/cap-file';
import { loadChip } from '../profile/load-profiles';
import { shippedProduct } from '../profile/testing/shipped-profiles';
import { observeLife } from './observe-life';
import { createSecureChannelOpener } from './open-secure-channel';
import type { SecureChannelOpener } from './secure-channel';
import { APPLICATION_PACKAGE, bareChipSource, bareChipText } from './testing/bare-chip';
import { openTrialCardKeys } from './testing/trial-card-keys';
import { writeChip } from './write-chip';

const product = shippedProduct('vn-cccd-2021');
const block = concatBytes(
  ...Object.entries(COMPONENTS).flatMap(([name, content]) =>
    name === 'Descriptor' ? [] : [content],
  ),
);

async function insertBare() {
  const card = new VirtualCard({
    kind: 'gp-emrtd',
    random: new SeededRandom('bare'),
    delivery: { application: 'to-be-loaded' },
  });
  const reader = new VirtualReader('reader');
  reader.insert(card);
  return { card, channel: await reader.connect({ timeoutMs: 0 }) };
}

describe('a chip that is delivered without its application', () => {
  let trial: Awaited<ReturnType<typeof openTrialCardKeys>>;
  let openSecureChannel: SecureChannelOpener;
  beforeAll(async () => {
    trial = await openTrialCardKeys();
    const random = new SeededRandom('channels');
    openSecureChannel = createSecureChannelOpener({ cardKeys: trial.hsm, random });
  });
  afterAll(() => trial.remove());

  async function prepare() {
    const chip = await loadChip(bareChipSource(bareChipText()), 'gp-emrtd');
    const document = buildSampleDocument(product, chip);
    return { chip, document, script: compileScript({ document, product, chip }) };
  }

  test('gets it as a package and is made from blank to locked', async () => {
    const { chip, document, script } = await prepare();
    const { channel } = await insertBare();
    expect((await observeLife(channel, chip)).sign).toBe('empty');
    await channel.reset();
    for (const phase of ['write', 'lock'] as const) {
      await writeChip({ channel, script, phase, openSecureChannel });
      await channel.reset();
    }
    expect((await observeLife(channel, chip)).sign).toBe('locked');
    await channel.reset();
    const terminal = new TestTerminal(channel, new SeededRandom('terminal'));
    await terminal.selectApplet();
    await terminal.openByBac(document.access.mrz);
    expect(await terminal.readFile(0x0101)).toEqual(document.files.get('EF.DG1'));
  });

  test('torn off at any command of the loading, it is written from the start', async () => {
    const { chip, script } = await prepare();
    const { card: clean, channel: first } = await insertBare();
    await writeChip({ channel: first, script, phase: 'write', openSecureChannel });
    const untilInstalled = 4 + script.steps.slice(2, 5).flatMap(({ commands }) => commands).length;
    expect(clean.apduCount).toBeGreaterThan(untilInstalled);
    for (let apdu = 1; apdu <= untilInstalled; apdu++) {
      for (const pages of [0, 1]) {
        const { card, channel } = await insertBare();
        card.setFaults([{ kind: 'tear-off', atApdu: apdu, pages }]);
        const torn = writeChip({ channel, script, phase: 'write', openSecureChannel });
        await expect(torn).rejects.toMatchObject({ code: 'CARD_LOST' });
        await channel.reset();
        const { sign } = await observeLife(channel, chip);
        expect([apdu, ['empty', 'open'].includes(sign)]).toEqual([apdu, true]);
        await channel.reset();
        await writeChip({ channel, script, phase: 'write', openSecureChannel });
      }
    }
  });

  test('another package than the profile pins stops before a byte goes to the card', async () => {
    const other = APPLICATION_PACKAGE.with(-1, 1);
    const { card } = await insertBare();
    const before = card.apduCount;
    const chip = await loadChip(bareChipSource(bareChipText(), other), 'gp-emrtd');
    const document = buildSampleDocument(product, chip);
    expect(() => compileScript({ document, product, chip })).toThrow(/its SHA-256 is/);
    expect(card.apduCount).toBe(before);
  });

  test('is told in words, in both languages', async () => {
    const { script } = await prepare();
    expect(explainScript(script, 'en').join('\n')).toContain(
      'Load the package of the application (2 commands)',
    );
    expect(explainScript(script, 'vi').join('\n')).toContain('Nạp gói ứng dụng (2 lệnh)');
  });
});

describe('content of the chip', () => {
  const install = buildInstallForInstall({
    loadFileAid: TRIAL_PACKAGE,
    moduleAid: TRIAL_APPLET,
    applicationAid: TRIAL_APPLET,
    privileges: Uint8Array.of(0),
  });
  const announce = (digest?: Uint8Array): CommandApdu =>
    buildInstallForLoad({ loadFileAid: TRIAL_PACKAGE, ...(digest && { loadFileHash: digest }) });
  const sha256 = digestBytes('sha256', block);

  async function openHost() {
    const { card, channel } = await insertBare();
    const host = new GpHost(channel);
    await host.select();
    await host.open(DELIVERY_KEYS, 0x13);
    const swOf = async (command: CommandApdu): Promise<string> =>
      (await host.send(command)).sw.toString(16).toUpperCase();
    const all = async (commands: readonly CommandApdu[]): Promise<readonly string[]> => {
      const words: string[] = [];
      for (const command of commands) words.push(await swOf(command));
      return words;
    };
    return { card, channel, host, swOf, all };
  }

  test('is loaded, installed, listed and deleted', async () => {
    const { channel, host, swOf, all } = await openHost();
    const words = await all([announce(sha256), ...buildLoad(block, 100), install]);
    expect(new Set(words)).toEqual(new Set(['9000']));
    const modules = await host.expectOk(buildGetStatus('loadFilesAndModules'));
    expect(encodeHex(modules)).toBe('E3144F05A0000002479F7001018407A0000002471001');
    const applications = await host.expectOk(buildGetStatus('applications'));
    expect(encodeHex(applications)).toBe('E3194F07A00000024710019F700107C503000000C405A000000247');
    expect(await swOf(buildGetStatus('applications', { aid: decodeHex('A1') }))).toBe('6A88');
    // A package that is used goes with what was made from it, or not at all.
    expect(await swOf(buildDelete(TRIAL_PACKAGE))).toBe('6985');
    expect(await swOf(buildDelete(TRIAL_PACKAGE, { withRelated: true }))).toBe('9000');
    expect(await swOf(buildGetStatus('loadFiles'))).toBe('6A88');
    await channel.reset();
    const select = await channel.transmit(decodeHex('00A4040C07A0000002471001'));
    expect(encodeHex(select)).toBe('6A82');
  });

  test('deleting the application takes its data along, and nothing of the card’s', async () => {
    const { card, host, all, swOf } = await openHost();
    await all([announce(), ...buildLoad(block, 200), install]);
    await host.installForPersonalization();
    await host.store(0x0101, new Uint8Array(20));
    await host.store(0x8f02, decodeHex('313233343536'), DELIVERY_KEYS.dataEncryption);
    expect(await swOf(buildDelete(TRIAL_APPLET))).toBe('9000');
    expect(card.state.files).toEqual({});
    expect(Object.keys(card.state.valuesHex)).not.toContain('password.CAN');
    expect(Object.keys(card.state.valuesHex)).toContain('load-file.A000000247');
    expect(await swOf(install)).toBe('9000');
  });

  test('installed alone it cannot be selected yet', async () => {
    const { host, swOf, all } = await openHost();
    await all([announce(), ...buildLoad(block, 200), { ...install, p1: 0x04 }]);
    expect(await swOf(buildInstallForPersonalization(TRIAL_APPLET))).toBe('6985');
    const select = { cla: 0, ins: 0xa4, p1: 4, p2: 0x0c, data: TRIAL_APPLET };
    expect((await new GpHost(host.channel).send(select)).sw).toBe(0x6a82);
    const make = buildInstallForMakeSelectable(TRIAL_APPLET, Uint8Array.of(0));
    expect(await all([make, make])).toEqual(['9000', '6985']);
  });

  test.each<[string, (loads: readonly CommandApdu[]) => readonly CommandApdu[], string]>([
    ['LOAD without INSTALL', (loads) => [loads[0]!], '6985'],
    ['a block out of turn', (loads) => [announce(), loads[1]!], '6A86'],
    ['a block twice', (loads) => [announce(), loads[0]!, loads[0]!], '6A86'],
    ['a P1 that is none', (loads) => [announce(), { ...loads[0]!, p1: 0x01 }], '6A86'],
    [
      'another command between two blocks',
      (loads) => [announce(), loads[0]!, buildGetStatus('issuerSecurityDomain'), loads[1]!],
      '6985',
    ],
    ['an end too early', (loads) => [announce(), { ...loads[0]!, p1: 0x80 }], '6A80'],
    ['another digest', (loads) => [announce(sha256.with(0, 1)), ...loads], '6A80'],
    ['a digest of no algorithm', () => [announce(new Uint8Array(7))], '6A80'],
    [
      'a package of another name',
      (loads) => [buildInstallForLoad({ loadFileAid: decodeHex('A000000248') }), ...loads],
      '6A80',
    ],
    ['a package that is there', (loads) => [announce(), ...loads, announce()], '6985'],
    ['INSTALL of no package', () => [install], '6A88'],
    [
      'a module that the package has not',
      (loads) => [
        announce(),
        ...loads,
        buildInstallForInstall({
          loadFileAid: TRIAL_PACKAGE,
          moduleAid: decodeHex('A0000002471099'),
          applicationAid: TRIAL_APPLET,
          privileges: Uint8Array.of(0),
        }),
      ],
      '6A88',
    ],
    ['the application twice', (loads) => [announce(), ...loads, install, install], '6985'],
    ['fields that are cut off', () => [{ ...announce(), data: decodeHex('05A000') }], '6A80'],
    ['DELETE of nothing', () => [buildDelete(TRIAL_APPLET)], '6A88'],
    [
      'DELETE without a name',
      () => [{ ...buildDelete(TRIAL_APPLET), data: decodeHex('4000') }],
      '6A80',
    ],
  ])('%s is refused', async (_name, commandsOf, sw) => {
    const { all } = await openHost();
    const words = await all(commandsOf(buildLoad(block, 100)));
    expect(words.slice(0, -1).every((word) => word === '9000')).toBe(true);
    expect(words.at(-1)).toBe(sw);
  });

  test('more than the chip has room for is refused', async () => {
    const { all } = await openHost();
    const words = await all([announce(), ...buildLoad(new Uint8Array(0x1_0001), 4_000)]);
    expect(words.at(-1)).toBe('6A84');
  });

  test('a secured card changes nothing without a MAC, a locked one nothing at all', async () => {
    const { host, all, swOf } = await openHost();
    await all([announce(), ...buildLoad(block, 200), install]);
    expect(
      await all([
        buildSetStatus('issuerSecurityDomain', 0x0f),
        buildSetStatus('issuerSecurityDomain', 0x07),
        buildSetStatus('issuerSecurityDomain', 0x01),
        buildSetStatus('issuerSecurityDomain', 0x0f),
        buildSetStatus('issuerSecurityDomain', 0x07),
      ]),
    ).toEqual(['6985', '9000', '6985', '9000', '6985']);
    await host.select();
    expect(await swOf(buildDelete(TRIAL_APPLET))).toBe('6982');
    await host.open(DELIVERY_KEYS, 0x00);
    expect(await swOf(buildDelete(TRIAL_APPLET))).toBe('6982');
    await host.open(DELIVERY_KEYS, 0x01);
    expect(await swOf(buildSetStatus('issuerSecurityDomain', 0x7f))).toBe('9000');
    expect(await swOf(buildDelete(TRIAL_APPLET))).toBe('6985');
    const select = { cla: 0, ins: 0xa4, p1: 4, p2: 0x0c, data: TRIAL_APPLET };
    expect((await new GpHost(host.channel).send(select)).sw).toBe(0x6a82);
    await host.select();
    await host.open(DELIVERY_KEYS, 0x01);
    expect(await swOf(buildSetStatus('issuerSecurityDomain', 0x0f))).toBe('9000');
    expect(
      await all([buildDelete(TRIAL_APPLET), buildSetStatus('issuerSecurityDomain', 0xff)]),
    ).toEqual(['9000', '9000']);
    await host.select();
    await expect(host.open(DELIVERY_KEYS, 0x01)).rejects.toThrow('6985');
  });

  test('the package in ROM stays, its application can go and come again', async () => {
    const card = new VirtualCard({ kind: 'gp-emrtd', random: new SeededRandom('rom') });
    const reader = new VirtualReader('reader');
    reader.insert(card);
    const host = new GpHost(await reader.connect({ timeoutMs: 0 }));
    await host.select();
    await host.open(DELIVERY_KEYS, 0x01);
    const rom = decodeHex('A00000024710');
    const fromRom = buildInstallForInstall({
      loadFileAid: rom,
      moduleAid: TRIAL_APPLET,
      applicationAid: TRIAL_APPLET,
      privileges: Uint8Array.of(0, 0, 0),
    });
    const words: number[] = [];
    for (const command of [
      buildDelete(rom, { withRelated: true }),
      buildDelete(TRIAL_APPLET),
      fromRom,
    ]) {
      words.push((await host.send(command)).sw);
    }
    expect(words).toEqual([0x6985, 0x9000, 0x9000]);
  });
});
