import { encodeCommand } from '../../standards/apdu/command';
import { describeSw, SW } from '../../standards/apdu/status-words';
import { encodeHex } from '../../standards/bytes/hex';
import { MalformedError } from '../../standards/bytes/malformed';
import { buildGetCardData } from '../../standards/gp/content-commands';
import { parseKeyInformation } from '../../standards/gp/key-information';
import { parseScp02Options, type Scp02Options } from '../../standards/gp/scp02-options';
import { parseOnlyTlv, parseTlvs } from '../../standards/tlv/tlv';
import type { CardChannel } from '../ports';
import { exchange } from './exchange';

/** OBJECT IDENTIFIER 1.2.840.114283.4.2, before the parameter i of SCP02 [GPC-C §H.2]. */
const SCP02_OID = '2A864886FC6B0402';
const TAG = { cardData: 0x66, recognition: 0x73, secureChannel: 0x64, oid: 0x06 } as const;
/** Three keys, C-MAC on the modified command, an encrypted chaining value: what most stock has. */
const USUAL_I = 0x15;

/** Which key versions the selected security domain has, in words, for the reasons of a failure. */
export async function readKeyVersions(channel: CardChannel): Promise<string> {
  const { data, sw } = await ask(channel, 'keyInformation');
  if (sw !== SW.ok) return `key information: ${describeSw(sw)}`;
  try {
    const versions = new Set(parseKeyInformation(data).map(({ version }) => version));
    const list = [...versions].map((version) => encodeHex(Uint8Array.of(version)));
    return `the card has key version ${list.join(', ') || 'none'}`;
  } catch (error) {
    if (error instanceof MalformedError) return 'the card tells nothing about its keys';
    throw error;
  }
}

/**
 * How the card speaks SCP02, by its recognition data; a card without any is taken as the usual
 * one, and finds a wrong MAC if it is not.
 *
 * @throws SecureChannelError `unsupported-options`, MalformedError
 */
export async function readScp02Options(channel: CardChannel): Promise<Scp02Options> {
  const { data, sw } = await ask(channel, 'cardData');
  const i = sw === SW.ok ? findScp02Parameter(data) : undefined;
  return parseScp02Options(i ?? USUAL_I);
}

function findScp02Parameter(data: Uint8Array): number | undefined {
  const recognition = parseOnlyTlv(data, TAG.cardData, 'card data');
  const oids = parseTlvs(recognition, 'card data')
    .filter(({ tag }) => tag === TAG.recognition)
    .flatMap(({ value }) => parseTlvs(value, 'card recognition data'))
    .filter(({ tag }) => tag === TAG.secureChannel)
    .flatMap(({ value }) => parseTlvs(value, 'secure channel protocol'))
    .filter(({ tag }) => tag === TAG.oid)
    .map(({ value }) => encodeHex(value));
  const found = oids.find((oid) => oid.startsWith(SCP02_OID));
  return found === undefined ? undefined : parseInt(found.slice(SCP02_OID.length), 16);
}

function ask(channel: CardChannel, what: 'keyInformation' | 'cardData') {
  return exchange(channel, encodeCommand(buildGetCardData(what)), 'card data');
}
