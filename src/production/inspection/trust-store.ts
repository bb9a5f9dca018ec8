import { parseCertificate, type Certificate } from '../../standards/pki/certificate';
import { attempt } from './parsed';

/** What is trusted beforehand: CSCA certificates as given, those that could be read and those not. */
export interface TrustStore {
  readonly cscas: readonly Certificate[];
  /** Why a given certificate could not be read, one entry each. */
  readonly unreadable: readonly string[];
}

/** Reads the given CSCA certificates, DER each; one that cannot be read does not spoil the rest. */
export function openTrustStore(certificates: readonly Uint8Array[]): TrustStore {
  const readings = certificates.map((der, index) =>
    attempt(() => parseCertificate(der, `CSCA ${index + 1}`)),
  );
  return {
    cscas: readings.flatMap((one) => (one.state === 'good' ? [one.value] : [])),
    unreadable: readings.flatMap((one) => (one.state === 'malformed' ? [one.detail] : [])),
  };
}
