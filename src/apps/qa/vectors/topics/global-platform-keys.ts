import { encodeCommand } from '../../../../standards/apdu/command';
import { encodeHex } from '../../../../standards/bytes/hex';
import { computeAesKcv, computeTripleDesKcv } from '../../../../standards/gp/key-check-value';
import { type Diversification, diversifyKeys } from '../../../../standards/gp/key-diversification';
import { buildAesKeyField, buildTripleDesKeyField } from '../../../../standards/gp/put-key';
import { deriveScp02SessionKeys } from '../../../../standards/gp/scp02-keys';
import { deriveScp03SessionKeys } from '../../../../standards/gp/scp03-keys';
import { encryptForScp02, encryptForScp03 } from '../../../../standards/gp/sensitive-data';
import type { StaticKeys } from '../../../../standards/gp/static-keys';
import { buildStoreData } from '../../../../standards/gp/store-data';
import { Inputs } from '../inputs';
import { NotComputable } from '../not-computable';
import { type Figures, hexFigure, once, type Topic } from '../topic';
import type { VectorEntry } from '../vector-file';

/** Keys without a channel: diversified, session keys by themselves, PUT KEY, STORE DATA. */
export function keyFigures(entry: VectorEntry): ReturnType<Topic['figures']> {
  const inputs = Inputs.of(entry);
  if (inputs.has('master')) return diversifiedFigures(inputs, entry);
  if (inputs.has('context')) return scp03Figures(inputs);
  if (inputs.has('sequence', 'sequence_counter')) return scp02Figures(inputs);
  if (inputs.has('blocks')) return { commands: () => storeDataCommands(inputs) };
  if (inputs.has('DEK', 'S_DEK', 'K_DEK')) return putKeyFigures(inputs, entry);
  return { kcv: () => inputs.texts('keys', 'key').map((key) => kcvText(inputs, key)) };
}

/** One key for all three purposes, or one for each. */
function staticKeys(inputs: Inputs): StaticKeys {
  const key = inputs.optionalHex('key');
  return {
    encryption: key ?? inputs.hex('K_ENC'),
    mac: key ?? inputs.hex('K_MAC'),
    dataEncryption: key ?? inputs.optionalHex('K_DEK') ?? inputs.hex('K_ENC'),
  };
}

function scp03Figures(inputs: Inputs): Figures {
  const keys = once(() => deriveScp03SessionKeys(staticKeys(inputs), inputs.hex('context')));
  return {
    S_ENC: hexFigure(() => keys().encryption),
    S_MAC: hexFigure(() => keys().mac),
    S_RMAC: hexFigure(() => keys().rMac),
    kcv: () =>
      [keys().encryption, keys().mac, keys().rMac].map((key) => encodeHex(computeAesKcv(key))),
  };
}

function scp02Figures(inputs: Inputs): Figures {
  const keys = once(() =>
    deriveScp02SessionKeys(staticKeys(inputs), inputs.hex('sequence', 'sequence_counter')),
  );
  return {
    S_ENC: hexFigure(() => keys().encryption),
    S_MAC: hexFigure(() => keys().mac),
    S_DEK: hexFigure(() => keys().dataEncryption),
    S_RMAC: hexFigure(() => keys().rMac),
    kcv: (expected) => {
      const { encryption, mac, dataEncryption, rMac } = keys();
      const all = [encryption, mac, dataEncryption, rMac];
      const count = Array.isArray(expected) ? expected.length : all.length;
      return all.slice(0, count).map((key) => encodeHex(computeTripleDesKcv(key)));
    },
  };
}

function diversifiedFigures(inputs: Inputs, entry: VectorEntry): Figures {
  const scheme = once(() => schemeOf(inputs, entry));
  const keys = once(() => {
    const master = inputs.hex('master');
    const masters = { encryption: master, mac: master, dataEncryption: master };
    return diversifyKeys(scheme(), masters, inputs.hex('kdd'));
  });
  const kcvOf = (key: Uint8Array): string =>
    encodeHex(scheme() === 'KDF3' ? computeAesKcv(key) : computeTripleDesKcv(key));
  return {
    ENC: hexFigure(() => keys().encryption),
    MAC: hexFigure(() => keys().mac),
    DEK: hexFigure(() => keys().dataEncryption),
    kcv: () => [keys().encryption, keys().mac, keys().dataEncryption].map(kcvOf),
  };
}

/** Named outright, or told by the template or the block that the entry quotes, or by its id. */
function schemeOf(inputs: Inputs, entry: VectorEntry): Diversification {
  const words = ['scheme', 'method', 'diversification', 'template', 'input_block']
    .filter((name) => inputs.has(name))
    .map((name) => inputs.text(name));
  const text = [...words, entry.id].join(' ');
  if (/visa ?2/i.test(text) || /0\D+1\D+4\D+5\D+6\D+7\b/.test(words.join(' '))) return 'VISA2';
  if (/\bemv\b|-emv/i.test(text) || /4\D+5\D+6\D+7\D+8\D+9\b/.test(words.join(' '))) return 'EMV';
  if (/kdf ?3/i.test(text) || inputs.has('input_block')) return 'KDF3';
  if (/\bnone\b/i.test(text)) return 'none';
  throw new NotComputable('the inputs do not say how the keys are diversified');
}

/** AES unless the entry says DES: both have keys of 16 bytes. */
function usesDes(inputs: Inputs, entry?: VectorEntry): boolean {
  if (inputs.has('alg', 'key_type', 'algorithm')) {
    return /des/i.test(inputs.text('alg', 'key_type', 'algorithm'));
  }
  return inputs.has('S_DEK') || /scp02|3des/i.test(entry?.id ?? '');
}

export function computeKcv(inputs: Inputs, key: Uint8Array): Uint8Array {
  return usesDes(inputs) ? computeTripleDesKcv(key) : computeAesKcv(key);
}

function kcvText(inputs: Inputs, key: string): string {
  return encodeHex(computeKcv(inputs, new Inputs({ key }).hex('key')));
}

function putKeyFigures(inputs: Inputs, entry: VectorEntry): Figures {
  const des = usesDes(inputs, entry);
  const wrapping = () => inputs.hex('DEK', 'S_DEK', 'K_DEK');
  const key = () => inputs.hex('new_key', 'key');
  const encrypted = hexFigure(() =>
    des ? encryptForScp02(wrapping(), key()) : encryptForScp03(wrapping(), key()),
  );
  return {
    encrypted,
    encrypted_key: encrypted,
    kcv: hexFigure(() => (des ? computeTripleDesKcv(key()) : computeAesKcv(key()))),
    key_data_field: hexFigure(() =>
      des ? buildTripleDesKeyField(wrapping(), key()) : buildAesKeyField(wrapping(), key()),
    ),
  };
}

function storeDataCommands(inputs: Inputs): readonly string[] {
  const blocks = inputs.texts('blocks').map((block) => new Inputs({ block }).hex('block'));
  const p1 = inputs.has('p1_base') ? Number.parseInt(inputs.text('p1_base'), 16) : 0;
  return buildStoreData(blocks, p1).map((command) => encodeHex(encodeCommand(command)));
}
