import { createPrivateKey } from 'node:crypto';
import { encodeAuthorization } from '../../../../standards/access/terminal-authentication/cv-authorization';
import {
  type CvCertificate,
  encodeCvDate,
  parseCvCertificate,
} from '../../../../standards/access/terminal-authentication/cv-certificate';
import {
  type CvTrustedKey,
  type CvTrustState,
  importCvCertificate,
  trustPointOf,
} from '../../../../standards/access/terminal-authentication/cv-chain';
import { verifyWithCvKey } from '../../../../standards/access/terminal-authentication/cv-public-key';
import { encodeTerminalProof } from '../../../../standards/access/terminal-authentication/terminal-authentication';
import { decodeHex, encodeHex } from '../../../../standards/bytes/hex';
import { MalformedError } from '../../../../standards/bytes/malformed';
import { signMessage } from '../../../../standards/crypto/sign-verify';
import { Inputs, received } from '../inputs';
import { NotComputable } from '../not-computable';
import { Refused } from '../refusal';
import { type Figures, hexFigure, once, type Topic } from '../topic';
import { isObject, type VectorEntry } from '../vector-file';

/** Card-verifiable certificates from the CVCA down, and the terminal's signature. */
export const TERMINAL_AUTHENTICATION: Topic = {
  name: 'Terminal Authentication',
  figures: (entry) => {
    const inputs = Inputs.of(entry);
    const key = once(() => importChain(inputs));
    return {
      chain: (expected) => {
        key();
        return expected;
      },
      car_chr: (expected) => matchNames(expected, (name) => referenceOf(inputs, name)),
      validity: (expected) => matchNames(expected, (name, date) => dateOf(inputs, name, date)),
      chat: (expected) => authorizationOf(inputs, expected),
      signed_message: hexFigure(() => messageOf(inputs)),
      ...signatureFigures(inputs, key),
    };
  },
  accept: (entry) => acceptTerminal(entry),
};

/** The names under which files hold the certificates, from the CVCA down. */
const CERTIFICATES = {
  cvca: ['cvca_cert'],
  link: ['cvca_link_cert', 'link_cert'],
  dv: ['dv_cert'],
  terminal: ['terminal_cert', 'at_cert', 'is_cert'],
} as const;

type CertificateName = keyof typeof CERTIFICATES;

/** Words that begin the members of `car_chr` and `validity`. */
const PREFIXES: Readonly<Record<string, CertificateName>> = {
  cvca: 'cvca',
  link: 'link',
  dv: 'dv',
  at: 'terminal',
  is: 'terminal',
  terminal: 'terminal',
};

function certificateOf(inputs: Inputs, name: CertificateName): CvCertificate {
  return parseCvCertificate(inputs.hex(...CERTIFICATES[name]));
}

/** The key of the terminal, after a chip has accepted every certificate. */
function importChain(inputs: Inputs): CvTrustedKey {
  const cvca = certificateOf(inputs, 'cvca');
  const selfSigned = cvca.authorityReference === cvca.holderReference;
  if (selfSigned && !verifyWithCvKey(cvca.publicKey, cvca.body, cvca.signature)) {
    throw new Refused('signature', 'the signature of the CVCA certificate is wrong');
  }
  let state: CvTrustState = {
    trustPoints: [trustPointOf(cvca)],
    currentDate: currentDateOf(inputs) ?? cvca.effectiveDate,
  };
  for (const name of ['link', 'dv', 'terminal'] as const) {
    if (name === 'link' && !inputs.has(...CERTIFICATES.link)) continue;
    state = importCvCertificate(state, certificateOf(inputs, name));
  }
  if (state.imported === undefined) throw new Refused('role', 'no key of a terminal was imported');
  return state.imported;
}

/** The date that the chip knows: `YYMMDD`, `YYYY-MM-DD`, or six bytes of digits. */
function currentDateOf(inputs: Inputs): string | undefined {
  if (!inputs.has('current_date', 'date', 'at', 'chip_date')) return undefined;
  const digits = inputs.text('current_date', 'date', 'at', 'chip_date').replaceAll(/\D/g, '');
  if (digits.length === 6) return digits;
  if (digits.length === 8) return digits.slice(2);
  if (digits.length === 12 && /^(0\d){6}$/.test(digits)) return digits.replaceAll(/0(\d)/g, '$1');
  throw new MalformedError('current_date', 'is no date');
}

/** Each member of an expected object by its own name. */
function matchNames(
  expected: unknown,
  find: (name: string, expected: unknown) => string,
): Readonly<Record<string, string>> {
  if (!isObject(expected)) throw new NotComputable('an object of names is expected');
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => [name, find(name, value)]),
  );
}

function named(inputs: Inputs, member: string): { certificate: CvCertificate; rest: string } {
  const [, prefix = '', rest = ''] = /^([a-z]+)(?:_(?:cert_?)?(.*))?$/i.exec(member) ?? [];
  const name = PREFIXES[prefix.toLowerCase()];
  if (name === undefined) throw new NotComputable(`no certificate is called ${prefix}`);
  return { certificate: certificateOf(inputs, name), rest };
}

function referenceOf(inputs: Inputs, member: string): string {
  const { certificate, rest } = named(inputs, member);
  return rest === 'car' ? certificate.authorityReference : certificate.holderReference;
}

/** As `YYMMDD` or as its six bytes, whichever is expected. */
function dateOf(inputs: Inputs, member: string, expected: unknown): string {
  const { certificate, rest } = named(inputs, member);
  const date = /^(from|effective)/i.test(rest)
    ? certificate.effectiveDate
    : certificate.expirationDate;
  return typeof expected === 'string' && expected.length === 6
    ? date
    : encodeHex(encodeCvDate(date));
}

/** The template 7F4C, its value, or its bits alone, whichever is expected. */
function authorizationOf(inputs: Inputs, expected: unknown): string {
  const { authorization } = certificateOf(inputs, 'terminal');
  const whole = encodeHex(encodeAuthorization(authorization));
  const bits = encodeHex(authorization.bits);
  if (typeof expected !== 'string') return whole;
  if (expected.length === bits.length) return bits;
  return /^7F4C/i.test(expected) ? whole : whole.slice(6);
}

function messageOf(inputs: Inputs): Uint8Array {
  return encodeTerminalProof({
    chipIdentifier: inputs.hex('id_picc', 'id_ic'),
    challenge: inputs.hex('nonce_r_picc', 'r_ic', 'challenge'),
    compressedPublicKey: inputs.hex('comp_terminal_eph_pub'),
  });
}

/** A signature has a random number inside: it can be verified, not made again. */
function signatureFigures(inputs: Inputs, key: () => CvTrustedKey): Figures {
  const verify = (expected: unknown): unknown => {
    const signature = typeof expected === 'string' ? decodeHex(expected) : inputs.hex('signature');
    verifySignature(inputs, key(), signature);
    return expected;
  };
  return { signature_valid: verify, signature: verify };
}

function verifySignature(inputs: Inputs, key: CvTrustedKey, signature: Uint8Array): void {
  const message = messageOf(inputs);
  requirePrivateKey(inputs, key, message);
  if (!verifyWithCvKey(key.publicKey, message, signature)) {
    throw new Refused('signature', 'the signature of the terminal is wrong');
  }
}

/** Where the private key is given, it must be that of the terminal's certificate. */
function requirePrivateKey(inputs: Inputs, key: CvTrustedKey, message: Uint8Array): void {
  const pkcs8 = inputs.optionalHex('terminal_private_key_pkcs8');
  if (pkcs8 === undefined) return;
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const own = signMessage(key.publicKey.algorithm.signature, privateKey, message);
  if (!verifyWithCvKey(key.publicKey, message, own)) {
    throw new Refused('secret', 'the private key is not that of the terminal: another key');
  }
}

/** What a chip does: certificates, then the signature where there is one. */
function acceptTerminal(entry: VectorEntry): void {
  const inputs = Inputs.of(entry);
  const key = importChain(inputs);
  const given = ['signature', 'signature_valid'].map((name) => entry.expected[name]);
  const printed = given.find((value): value is string => typeof value === 'string');
  const signature =
    received(entry, 'signature') ??
    inputs.optionalHex('signature') ??
    (printed === undefined ? undefined : decodeHex(printed));
  if (signature !== undefined) verifySignature(inputs, key, signature);
}
