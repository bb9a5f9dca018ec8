import { generateKeyPairSync } from 'node:crypto';
import { makeCvKey } from '../../../production/custody/terminal/cv-key';
import { issueCvCertificate } from '../../../production/custody/terminal/issue-cv-certificate';
import type { Hsm } from '../../../production/ports';
import { findCvAlgorithm } from '../../../standards/access/terminal-authentication/cv-algorithms';
import { CURVES } from '../../../standards/crypto/curve-parameters';
import { parsePublicKeyInfo } from '../../../standards/pki/subject-public-key-info';

/** Card-verifiable certificates from CVCA to terminal, and the terminal's key. */
export interface SpecimenTerminal {
  readonly cvca: { readonly name: string; readonly certificate: Uint8Array };
  /** DV and terminal, by name. */
  readonly certificates: ReadonlyMap<string, Uint8Array>;
  /** PKCS #8 in PEM; it protects nothing but specimens. */
  readonly terminalKey: string;
}

const ALGORITHM = 'ecdsa-brainpoolP256r1-sha256';
const ECDSA_SHA256 = '0.4.0.127.0.7.2.2.2.2.3';
const NAMES = { cvca: 'UTCVCA00001', dv: 'UTDV00001', terminal: 'UTIS00001' } as const;
const BOTH = { dg3: true, dg4: true } as const;
const YEAR_MS = 365 * 86_400_000;

/** A terminal with the rights to read fingers and irises of specimens, for a year. */
export async function makeSpecimenTerminal(hsm: Hsm, from: Date): Promise<SpecimenTerminal> {
  const period = { from, until: new Date(from.getTime() + YEAR_MS) };
  const order = { rights: BOTH, signingAlgorithm: ALGORITHM, ...period };
  const [cvcaKey, dvKey] = await Promise.all([
    makeCvKey({ reference: NAMES.cvca, role: 'cvca', algorithm: ALGORITHM }, hsm),
    makeCvKey({ reference: NAMES.dv, role: 'domestic-dv', algorithm: ALGORITHM }, hsm),
  ]);
  const { privateKey, holder } = makeTerminalKey();
  const cvca = await issueCvCertificate({ ...order, holder: cvcaKey, above: [] }, hsm);
  const dv = await issueCvCertificate({ ...order, holder: dvKey, above: [cvca.certificate] }, hsm);
  const above = [cvca.certificate, dv.certificate];
  const terminal = await issueCvCertificate({ ...order, holder, above }, hsm);
  return {
    cvca: { name: NAMES.cvca, certificate: cvca.bytes },
    certificates: new Map([
      [NAMES.dv, dv.bytes],
      [NAMES.terminal, terminal.bytes],
    ]),
    terminalKey: privateKey,
  };
}

function makeTerminalKey() {
  const pair = generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' });
  const spki = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }));
  const info = parsePublicKeyInfo(spki, 'terminal key');
  const algorithm = findCvAlgorithm(ECDSA_SHA256);
  if (info.type !== 'ec' || algorithm === undefined) throw new Error('no key for a terminal');
  const curve = CURVES.brainpoolP256r1;
  return {
    privateKey: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    holder: {
      reference: NAMES.terminal,
      role: 'terminal',
      publicKey: { type: 'ec', algorithm, curve, point: info.point },
    },
  } as const;
}
