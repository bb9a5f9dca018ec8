import { encodeCommand } from '../../standards/apdu/command';
import { describeSw, SW } from '../../standards/apdu/status-words';
import { encodeHex } from '../../standards/bytes/hex';
import { MalformedError } from '../../standards/bytes/malformed';
import { parseCardRecognition } from '../../standards/gp/card-recognition';
import { buildGetCardData } from '../../standards/gp/content-commands';
import { parseKeyInformation } from '../../standards/gp/key-information';
import { KEY_TYPE } from '../../standards/gp/put-key';
import { parseScp02Options, type Scp02Options } from '../../standards/gp/scp02-options';
import type { SecureChannelWish } from '../document/perso-script';
import type { CardChannel } from '../ports';
import { exchange } from './exchange';

const SCP02 = 0x02;
/** Three keys, C-MAC on the modified command, an encrypted chaining value: what most stock has. */
const USUAL_I = 0x15;

/** One key version of the selected security domain, and what its keys are for. */
export interface CardKeyVersion {
  readonly version: number;
  /** Undefined for keys of neither protocol. */
  readonly protocol: SecureChannelWish['protocol'] | undefined;
}

/** The key versions that a card tells, or why it tells none. */
export type CardKeyVersions =
  { readonly known: readonly CardKeyVersion[] } | { readonly silent: string };

/** Which keys the selected security domain has, as GET DATA E0 tells everybody. */
export async function readKeyVersions(channel: CardChannel): Promise<CardKeyVersions> {
  const { data, sw } = await ask(channel, 'keyInformation');
  if (sw !== SW.ok) return { silent: `key information: ${describeSw(sw)}` };
  try {
    const versions = new Map<number, CardKeyVersion>();
    for (const { version, components } of parseKeyInformation(data)) {
      const protocol = PROTOCOL_BY_TYPE[components[0]?.type ?? 0];
      if (!versions.has(version)) versions.set(version, { version, protocol });
    }
    return { known: [...versions.values()] };
  } catch (error) {
    if (error instanceof MalformedError) return { silent: 'the card tells nothing about its keys' };
    throw error;
  }
}

/** In words, for the reasons of a failure. */
export function describeKeyVersions(versions: CardKeyVersions): string {
  if ('silent' in versions) return versions.silent;
  const list = versions.known.map(({ version, protocol }) =>
    [
      encodeHex(Uint8Array.of(version)),
      ...(protocol === undefined ? [] : [`for ${protocol}`]),
    ].join(' '),
  );
  return `the card has key version ${list.join(', ') || 'none'}`;
}

const PROTOCOL_BY_TYPE: Readonly<Record<number, SecureChannelWish['protocol']>> = {
  [KEY_TYPE.des]: 'scp02',
  [KEY_TYPE.tripleDesCbc]: 'scp02',
  [KEY_TYPE.aes]: 'scp03',
};

/**
 * How the card speaks SCP02, by its recognition data; a card without any is taken as the usual
 * one, and finds a wrong MAC if it is not.
 *
 * @throws SecureChannelError `unsupported-options`, MalformedError
 */
export async function readScp02Options(channel: CardChannel): Promise<Scp02Options> {
  const { data, sw } = await ask(channel, 'cardData');
  const protocols = sw === SW.ok ? parseCardRecognition(data) : [];
  const i = protocols.find(({ protocol }) => protocol === SCP02)?.i;
  return parseScp02Options(i ?? USUAL_I);
}

function ask(channel: CardChannel, what: 'keyInformation' | 'cardData') {
  return exchange(channel, encodeCommand(buildGetCardData(what)), 'card data');
}
