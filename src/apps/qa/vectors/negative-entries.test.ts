import { decodeHex, encodeHex } from '../../../standards/bytes/hex';
import { decodeBigUint } from '../../../standards/bytes/integer';
import { applyRsa } from '../../../standards/crypto/rsa';
import { parseDg15 } from '../../../standards/lds/dg15';
import { parsePublicKeyInfo } from '../../../standards/pki/subject-public-key-info';
import type { MemberResult } from './member-result';
import { runEntry } from './run-entry';
import { shippedEntry } from './testing/shipped-vectors';
import { findTopic } from './topics';
import type { VectorEntry } from './vector-file';

/** A worked example turned into a negative one: other inputs, and a stated reason. */
interface Negative {
  readonly topic: string;
  readonly file: string;
  readonly id: string;
  readonly reject: string;
  readonly inputs?: (entry: VectorEntry) => Readonly<Record<string, unknown>>;
  readonly expected?: Readonly<Record<string, unknown>>;
}

const flipLast = (value: unknown): string => {
  const hex = value as string;
  const byte = Number.parseInt(hex.slice(-2), 16) ^ 1;
  return hex.slice(0, -2) + byte.toString(16).padStart(2, '0').toUpperCase();
};
/** What a chip would send that signs any representative. */
function signRepresentative(inputs: Readonly<Record<string, unknown>>, hex: string): string {
  const key = parsePublicKeyInfo(parseDg15(decodeHex(inputs['dg15'] as string)));
  if (key.type !== 'rsa') throw new Error('the key is RSA');
  const exponent = decodeBigUint(decodeHex(inputs['private_exponent'] as string));
  return encodeHex(applyRsa(key.modulus, exponent, decodeHex(hex)));
}

const PACE = { topic: 'PACE', file: 'pace/pace.json', id: 'pace-ecdh-gm-aes128-bp256-mrz' };
const CAM = { ...PACE, id: 'pace-ecdh-cam-aes128-bp256-mrz' };
const DH = { ...PACE, id: 'pace-dh-gm-aes128-rfc5114-1024-mrz' };
const BAC = { topic: 'BAC', file: 'bac/bac.json', id: 'bac-mutual-auth' };
const AA = {
  topic: 'Active Authentication',
  file: 'active-authentication/active-authentication.json',
  id: 'aa-rsa2048-sha256',
};
const CA = {
  topic: 'Chip Authentication',
  file: 'chip-authentication/chip-authentication.json',
  id: 'ca-v1-ecdh-AES-128-bp256-computed',
};
const TA = {
  topic: 'Terminal Authentication',
  file: 'terminal-authentication/terminal-authentication.json',
  id: 'ta-v2-ecdsa-sha512-bp512',
};
const SCP03 = { topic: 'SCP03', file: 'scp03/scp03.json', id: 'scp03-aes128-s8-level11' };
const SOD = { topic: 'EF.SOD', file: 'sod/sod.json', id: 'sod-v1-ecdsa-p256-sha256' };
const SM = {
  topic: 'Secure Messaging',
  file: 'secure-messaging/secure-messaging.json',
  id: 'sm-aes256-case2',
};

const NEGATIVES: readonly Negative[] = [
  {
    ...PACE,
    reject: 'the authentication token T_IC is wrong',
    inputs: ({ expected }) => ({ T_IC_received: flipLast(expected['T_IC']) }),
  },
  {
    ...PACE,
    reject: 'T_IFD does not match',
    inputs: ({ expected }) => ({ T_IFD_received: flipLast(expected['T_IFD']) }),
  },
  {
    ...PACE,
    reject: 'chip_ka_pub is not on the curve',
    inputs: ({ expected }) => ({ chip_ka_pub_received: flipLast(expected['chip_ka_pub']) }),
  },
  {
    ...PACE,
    reject: 'invalid point: off-curve mapping key',
    inputs: ({ expected }) => ({ chip_map_pub_received: flipLast(expected['chip_map_pub']) }),
  },
  {
    ...PACE,
    reject: 'terminal and chip ephemeral keys are identical',
    inputs: ({ expected }) => ({ chip_ka_pub_received: expected['terminal_ka_pub'] }),
  },
  {
    ...PACE,
    reject: 'the mapping public keys must not be equal',
    inputs: ({ inputs }) => ({ chip_map_priv: inputs['terminal_map_priv'] }),
  },
  { ...PACE, reject: 'point at infinity', inputs: () => ({ chip_ka_pub_received: '00' }) },
  {
    ...DH,
    reject: 'public key 1 generates a small subgroup',
    inputs: () => ({ chip_ka_pub_received: '01' }),
  },
  {
    ...CAM,
    reject: 'the chip authentication data does not belong to the static key',
    inputs: ({ expected }) => ({
      encrypted_chip_authentication_data_received: flipLast(
        expected['encrypted_chip_authentication_data'],
      ),
    }),
  },
  { ...PACE, reject: 'parameter id 19 is not supported', inputs: () => ({ parameter_id: 19 }) },
  {
    ...BAC,
    reject: 'M_IC: MAC wrong',
    inputs: ({ expected }) => ({ M_IC_received: flipLast(expected['M_IC']) }),
  },
  {
    ...BAC,
    reject: 'RND.IC is not returned',
    inputs: ({ expected }) => ({
      E_IC_received: expected['E_IFD'],
      M_IC_received: expected['M_IFD'],
    }),
  },
  {
    ...BAC,
    id: 'bac-mrz-td1-9',
    reject: 'document number check digit wrong',
    inputs: () => ({
      mrz: [
        'I<UTOL898902C<4<<<<<<<<<<<<<<<',
        '6908061F9406236UTO<<<<<<<<<<<1',
        'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
      ],
    }),
  },
  {
    ...SM,
    reject: 'MAC of the command is wrong',
    inputs: ({ expected }) => ({
      protected_command: '0C8200000D9701FF8E083D0A111D900F25A600',
      ...(expected['x'] as object),
    }),
  },
  {
    ...SM,
    reject: 'SSC out of step',
    inputs: ({ expected }) => ({
      ssc_before: '00000000000000000000000000000003',
      protected_command: expected['protected_command'],
    }),
  },
  {
    ...AA,
    reject: 'trailer is neither BC nor xxCC',
    inputs: ({ inputs, expected }) => ({
      signature: signRepresentative(
        inputs,
        `${(expected['message_representative_F'] as string).slice(0, -4)}36CC`,
      ),
    }),
  },
  {
    ...AA,
    reject: 'signature one byte short',
    inputs: ({ expected }) => ({ signature: (expected['signature'] as string).slice(2) }),
  },
  {
    ...AA,
    reject: 'signature over another challenge',
    inputs: ({ expected }) => ({ rnd_ifd: '0000000000000000', signature: expected['signature'] }),
  },
  {
    ...AA,
    id: 'aa-ecdsa-p256-sha256',
    reject: 'signature invalid',
    inputs: ({ expected }) => ({ signature_plain: flipLast(expected['signature_plain']) }),
  },
  {
    ...CA,
    reject: 'terminal key not on the curve',
    inputs: ({ expected }) => ({
      terminal_eph_pub_received: flipLast(expected['terminal_eph_pub']),
    }),
  },
  {
    ...CA,
    id: 'ca-v2-ecdh-aes128-bp256',
    reject: 'T_PICC wrong',
    inputs: ({ expected }) => ({ T_PICC_received: flipLast(expected['T_PICC']) }),
  },
  {
    ...TA,
    reject: 'the terminal signature does not verify',
    inputs: ({ expected }) => ({ signature: flipLast(expected['signature_valid']) }),
  },
  {
    ...TA,
    reject: 'the DV certificate signature is wrong',
    inputs: ({ inputs }) => ({ dv_cert: flipLast(inputs['dv_cert']) }),
  },
  {
    ...TA,
    reject: 'chain broken: issuer of the terminal certificate unknown',
    inputs: ({ inputs }) => ({ dv_cert: inputs['cvca_cert'] }),
  },
  { ...TA, reject: 'the certificate has expired', inputs: () => ({ current_date: '2030-01-01' }) },
  {
    ...SCP03,
    reject: 'card cryptogram wrong',
    inputs: ({ inputs }) => ({
      initialize_update_response: (inputs['initialize_update_response'] as string).replace(
        '66C484',
        '66C485',
      ),
    }),
  },
  {
    ...SCP03,
    reject: 'R-MAC wrong',
    inputs: ({ inputs }) => ({
      get_eid_wrapped_response_without_sw: flipLast(inputs['get_eid_wrapped_response_without_sw']),
    }),
  },
  {
    ...SCP03,
    reject: 'C-MAC of the first command wrong',
    inputs: () => ({ wrapped_apdus: ['84E291000EBF3E035C015A558D036518A2829800'] }),
  },
  {
    ...SCP03,
    reject: 'the host cryptogram is wrong',
    inputs: ({ expected }) => ({
      host_cryptogram_received: flipLast(expected['host_cryptogram']),
    }),
  },
  {
    ...SOD,
    reject: 'hash of DG1 does not match',
    inputs: ({ inputs }) => ({ dg1: flipLast(inputs['dg1']) }),
  },
  {
    ...SOD,
    reject: 'the signature of the document signer is invalid',
    inputs: ({ inputs }) => ({ ef_sod: flipLast(inputs['ef_sod']) }),
  },
  {
    ...SOD,
    reject: 'DSC not issued by this CSCA',
    inputs: () => ({
      csca: shippedEntry('sod/sod.json', 'sod-v1-ecdsa-bp256-sha256').inputs['csca'],
    }),
  },
  { ...SOD, reject: 'document signer certificate expired', inputs: () => ({ at: '2099-01-01' }) },
  {
    topic: 'MRZ',
    file: 'mrz/mrz.json',
    id: 'mrz-td3-eriksson-pp',
    reject: 'composite check digit',
    inputs: () => ({
      fields: undefined,
      mrz: [
        'PPUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
        'L898902C36UTO7408122F3404159ZE184226B<<<<<17',
      ],
    }),
  },
  {
    topic: 'MRZ',
    file: 'mrz/mrz.json',
    id: 'mrz-td3-eriksson-pp',
    reject: 'illegal character',
    inputs: () => ({
      fields: undefined,
      mrz: [
        'PPUTOERIKSSON<<ANNA-MARIA<<<<<<<<<<<<<<<<<<<',
        'L898902C36UTO7408122F3404159ZE184226B<<<<<16',
      ],
    }),
  },
  {
    topic: 'LDS',
    file: 'lds/lds.json',
    id: 'lds-ef-com-1.7',
    reject: 'truncated: length beyond the end',
    inputs: () => ({ hex: '60165F0104303130375F36063034303030305C046175' }),
  },
  {
    topic: 'AES-CMAC',
    file: 'aes-cmac/aes-cmac.json',
    id: 'cmac-aes128-len16',
    reject: 'MAC mismatch',
    inputs: ({ expected }) => ({ mac_received: flipLast(expected['mac']) }),
  },
];

function judge({ topic, file, id, inputs, reject }: Negative, words = reject): MemberResult {
  const entry = shippedEntry(file, id);
  const changed = { ...entry.inputs, ...inputs?.(entry) };
  const spoiled = { ...entry, inputs: changed, expected: { reject: words } };
  const [verdict] = runEntry(findTopic(topic)!, spoiled, []).members;
  return verdict!;
}

const table = NEGATIVES.map((negative) => [negative.topic, negative.reject, negative] as const);

test.each(table)('%s is refused for its reason: %s', (_topic, _reject, negative) => {
  expect(judge(negative)).toMatchObject({ outcome: 'passed' });
});

test.each(table)('%s: %s; refused, but not for another reason', (_topic, _reject, negative) => {
  const other = 'the security level does not exist';
  expect(judge(negative, other)).toMatchObject({
    outcome: 'failed',
    expected: `refused: ${other}`,
  });
});

test.each(table)('%s: what stands right is not refused (%s)', (_topic, _reject, negative) => {
  const { topic, file, id } = negative;
  const entry = shippedEntry(file, id);
  const { outcome, got } = judgeUnspoiled(topic, entry);
  expect([outcome, got]).toEqual(
    outcome === 'not-checked' ? ['not-checked', undefined] : ['failed', 'accepted'],
  );
});

function judgeUnspoiled(topic: string, entry: VectorEntry) {
  const expected = { reject: 'any reason at all' };
  const [verdict] = runEntry(findTopic(topic)!, { ...entry, expected }, []).members;
  return {
    outcome: verdict!.outcome,
    got: verdict!.outcome === 'failed' ? verdict!.got : undefined,
  };
}

test('a reason in unknown words counts, and says that it was not compared', () => {
  const verdict = judge(NEGATIVES[0]!, 'Prüfsumme der Karte stimmt nicht');
  expect(verdict).toMatchObject({ outcome: 'passed' });
  expect(verdict.outcome === 'passed' && verdict.remark).toMatch(
    /token of the chip is wrong \(not compared with the stated reason\)$/,
  );
});

test('valid: false and result: reject are negative entries too', () => {
  const entry = shippedEntry(AA.file, AA.id);
  const run = (expected: Record<string, unknown>, change: object = {}) =>
    runEntry(
      findTopic(AA.topic)!,
      { ...entry, inputs: { ...entry.inputs, ...change }, expected },
      [],
    );
  const short = { signature: '00' };
  expect(run({ valid: false }, short).outcome).toBe('passed');
  expect(run({ valid: false, reason: 'length' }, short).outcome).toBe('passed');
  expect(run({ result: 'reject' }, short).outcome).toBe('passed');
  expect(run({ result: 'reject: trailer wrong' }, short).outcome).toBe('failed');
  expect(run({ valid: true }, short).outcome).toBe('failed');
  expect(run({ valid: false }).outcome).toBe('failed');
  expect(run({ valid: true }).outcome).toBe('passed');
});
