import type { SignedDocument } from '../../production/document/signed-document';
import { createSecureChannelOpener } from '../../production/encoding/open-secure-channel';
import { writeChip } from '../../production/encoding/write-chip';
import { compileScript } from '../../production/personalization/compile-script';
import { buildSampleDocument } from '../../production/personalization/sample-document';
import type { CardChannel, CardKeyHsm, RandomSource } from '../../production/ports';
import type { ProfilePair } from '../../production/profile/load-profiles';
import { ProductionError } from '../../production/errors';
import { isChipKind } from '../../simulation/chip/chip-kinds';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import { VirtualReader } from '../../simulation/chip/virtual-reader';

export interface WireBenchRequest {
  readonly pair: ProfilePair;
  readonly cardKeys: CardKeyHsm;
  readonly random: RandomSource;
}

export interface WireBenchResult {
  readonly product: string;
  readonly chip: string;
  /** Bytes of all files. */
  readonly payloadBytes: number;
  /** Bytes of all commands and answers of writing and locking, as they cross the contacts. */
  readonly wireBytes: number;
  /** What the files alone would take in the fewest commands that the chip's limits allow. */
  readonly leastWireBytes: number;
  /** Commands that carry files, and the fewest that could. */
  readonly fileCommands: number;
  readonly leastFileCommands: number;
  readonly commands: number;
  readonly takesExtendedLength: boolean;
}

/** Wire bytes over payload, at most, where the chip takes extended length. */
export const WIRE_BENCH_TARGET = 1.1;

const HEADER_BYTES = { short: 5, extended: 7 } as const;
const STATUS_BYTES = 2;
const MAX_SHORT_DATA = 255;
/** What surrounds a portrait in EF.DG2, and an EF.SOD with its certificate. */
const DG2_OVERHEAD_BYTES = 200;
const SOD_BYTES = 1_900;

/** Writes a document with the largest portrait of its product onto a virtual chip, and counts. */
export async function runWireBench(request: WireBenchRequest): Promise<WireBenchResult> {
  const { pair, random, cardKeys } = request;
  const { product, chip } = pair;
  if (!isChipKind(chip.name)) throw new ProductionError('PROFILE_UNKNOWN', `chip "${chip.name}"`);
  const document = buildSampleDocument(product, chip, {
    ...{ 'EF.COM': 26, 'EF.DG1': 95, 'EF.SOD': SOD_BYTES },
    'EF.DG2': product.portrait.maxBytes + DG2_OVERHEAD_BYTES,
  });
  const script = compileScript({ document, ...pair });
  const reader = new VirtualReader('bench');
  reader.insert(new VirtualCard({ kind: chip.name, random }));
  const connection = await reader.connect({ timeoutMs: 0 });
  const counted = countBytes(connection);
  const openSecureChannel = createSecureChannelOpener({ cardKeys, random });
  for (const phase of ['write', 'lock'] as const) {
    await writeChip({ channel: counted.channel, script, phase, openSecureChannel });
    await connection.reset();
  }
  await connection.disconnect();
  const least = leastCost(document, pair);
  return {
    ...{ product: product.name, chip: chip.name, ...counted.total(), ...least },
    payloadBytes: [...document.files.values()].reduce((sum, { length }) => sum + length, 0),
    fileCommands: script.steps
      .filter(({ verb }) => verb === 'write-file' || verb === 'store-file')
      .reduce((sum, { commands }) => sum + commands.length, 0),
    takesExtendedLength: chip.limits.commandDataBytes > MAX_SHORT_DATA,
  };
}

/** The result in one line, with its targets. */
export function renderWireBench(result: WireBenchResult): string {
  const { payloadBytes, wireBytes, fileCommands, leastFileCommands, leastWireBytes } = result;
  const ratio = wireBytes / payloadBytes;
  const isMet =
    fileCommands <= leastFileCommands &&
    (!result.takesExtendedLength || ratio <= WIRE_BENCH_TARGET);
  const wanted = result.takesExtendedLength ? `at most ${WIRE_BENCH_TARGET.toFixed(2)} and ` : '';
  return (
    `wire: ${result.product} on ${result.chip}: ${wireBytes} bytes for ${payloadBytes} of files, ` +
    `${ratio.toFixed(3)} (least ${(leastWireBytes / payloadBytes).toFixed(3)}), ` +
    `${result.commands} commands, ${fileCommands} of them with files, ` +
    `${wanted}${leastFileCommands} wanted: ${isMet ? 'met' : 'missed'}`
  );
}

/** Every file in full commands; where files share a sequence, all of them together. */
function leastCost(
  { files }: SignedDocument,
  { chip }: ProfilePair,
): Pick<WireBenchResult, 'leastFileCommands' | 'leastWireBytes'> {
  const { commandDataBytes } = chip.limits;
  const sizes = [...files.values()].map(({ length }) => length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const isShared = chip.script.some(
    (step) =>
      step.verb === 'each-file' &&
      step.steps.some((one) => one.verb === 'store-file' && one.sequenceBytes !== undefined),
  );
  const leastFileCommands = isShared
    ? Math.ceil(total / commandDataBytes)
    : sizes.reduce((sum, size) => sum + Math.ceil(size / commandDataBytes), 0);
  const header = commandDataBytes > MAX_SHORT_DATA ? HEADER_BYTES.extended : HEADER_BYTES.short;
  const leastWireBytes = total + leastFileCommands * (header + STATUS_BYTES);
  return { leastFileCommands, leastWireBytes };
}

function countBytes(inner: CardChannel): {
  readonly channel: CardChannel;
  readonly total: () => Pick<WireBenchResult, 'wireBytes' | 'commands'>;
} {
  let wireBytes = 0;
  let commands = 0;
  const transmit = async (command: Uint8Array): Promise<Uint8Array> => {
    const answer = await inner.transmit(command);
    wireBytes += command.length + answer.length;
    commands += 1;
    return answer;
  };
  return { channel: { transmit }, total: () => ({ wireBytes, commands }) };
}
