import {
  type CvCertificate,
  encodeCvCertificate,
  encodeCvCertificateBody,
  parseCvCertificate,
} from '../../../standards/access/terminal-authentication/cv-certificate';
import {
  type CvTrustState,
  trustPointOf,
} from '../../../standards/access/terminal-authentication/cv-chain';
import { encodeEfCvca } from '../../../standards/access/terminal-authentication/ef-cvca';
import { decodeAscii, encodeAscii } from '../../../standards/bytes/text';
import type { NvMemory } from '../nv-memory';
import { findFile, memoryFid } from './emrtd-files';

const TRUST_PREFIX = 'trust-point.';
const DATE = 'current-date';
const MAX_TRUST_POINTS = 2;
/** Before every certificate, where a chip was told no date. */
const FIRST_DATE = '000101';

/** Takes a certificate that the chip trusts without having verified it, when it is personalized. */
export function storeTrustPoint(memory: NvMemory, certificate: Uint8Array): void {
  const { holderReference } = parseCvCertificate(certificate);
  memory.put({ [TRUST_PREFIX + holderReference]: certificate });
}

/** What the chip trusts before it has seen a certificate [9303-11 §7.1.4.3.1]. */
export function readTrust(memory: NvMemory): CvTrustState {
  const trustPoints = [...memory.values()]
    .filter(([name]) => name.startsWith(TRUST_PREFIX))
    .map(([, certificate]) => trustPointOf(parseCvCertificate(certificate)))
    .toSorted((left, right) => Number(right.effectiveDate) - Number(left.effectiveDate))
    .slice(0, MAX_TRUST_POINTS);
  const date = memory.value(DATE);
  return { trustPoints, currentDate: date === undefined ? FIRST_DATE : decodeAscii(date, 'date') };
}

export function referencesOf(memory: NvMemory): readonly string[] {
  return readTrust(memory).trustPoints.map(({ reference }) => reference);
}

/**
 * Keeps what a verified certificate changed for good: the date, and after a link certificate the
 * new CVCA in place of the oldest, with EF.CVCA, which names them [9303-11 §7.1.4.3.3, §7.1.4.3.4].
 */
export function keepTrust(memory: NvMemory, state: CvTrustState, shown: CvCertificate): void {
  const known = readTrust(memory);
  const names = state.trustPoints.map(({ reference }) => reference);
  const added = state.trustPoints.find(
    ({ reference }) =>
      reference === shown.holderReference && memory.value(TRUST_PREFIX + reference) === undefined,
  );
  if (state.currentDate !== known.currentDate || added !== undefined) {
    memory.put({
      [DATE]: encodeAscii(state.currentDate),
      ...(added && {
        // With the parameters that a link certificate may leave to the one before it.
        [TRUST_PREFIX + added.reference]: encodeCvCertificate(
          encodeCvCertificateBody({ ...shown, publicKey: added.publicKey }),
          shown.signature,
        ),
      }),
    });
  }
  if (added === undefined) return;
  for (const { reference } of known.trustPoints) {
    if (!names.includes(reference)) memory.remove(TRUST_PREFIX + reference);
  }
  const efCvca = findFile('eMRTD', 0x011c);
  if (efCvca === undefined) return;
  const content = encodeEfCvca(names);
  memory.setFile(memoryFid(efCvca), { sizeBytes: content.length, content });
}
