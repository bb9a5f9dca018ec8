import type { IssuerContact } from '../../standards/pki/build-extensions';
import type { Period } from '../../standards/pki/certificate-template';
import type { NameAttribute } from '../../standards/pki/distinguished-name';
import { ProductionError } from '../errors';
import { addMonths } from './add-months';

/** Whose certificates are issued, and how long the documents live that depend on them. */
export interface IssuingRequest {
  /** Two capital letters, for the names in the certificates. */
  readonly country: string;
  /** Code of the issuing State as in the MRZ, one to three capital letters. */
  readonly state: string;
  /** Longest validity of a document that is signed; 10 years by default. */
  readonly documentYears?: number;
  /** Document codes that the signer may sign, one or two letters each. */
  readonly documentTypes?: readonly string[];
}

/** What the certificates of one CSCA have in common. */
export interface IssuingPlan {
  readonly state: string;
  readonly name: readonly NameAttribute[];
  readonly contact: IssuerContact;
  readonly crlUris: readonly string[];
  readonly documentTypes: readonly string[];
  /** Periods of a CSCA and of a document signer that begin at a moment. */
  readonly cscaPeriods: (from: Date) => IssuedPeriods;
  readonly signerPeriods: (from: Date) => IssuedPeriods;
}

export interface IssuedPeriods {
  readonly keyUse: Period;
  readonly validity: Period;
}

const CSCA_USE_MONTHS = 4 * 12;
const SIGNER_USE_MONTHS = 3;
const DEFAULT_DOCUMENT_YEARS = 10;
const MAX_DOCUMENT_YEARS = 50;
const DEFAULT_DOCUMENT_TYPES = ['I', 'P'] as const;

/**
 * Periods by Doc 9303-12: the CSCA signs for 4 years, a document signer for 3 months, and each
 * certificate lives as long as the last document that depends on it [9303-12 §4.1.1].
 *
 * @throws ProductionError `USAGE` with everything that is wrong.
 */
export function planIssuing(request: IssuingRequest): IssuingPlan {
  const { country, state } = request;
  const documentYears = request.documentYears ?? DEFAULT_DOCUMENT_YEARS;
  const documentTypes = request.documentTypes ?? DEFAULT_DOCUMENT_TYPES;
  const reasons = [
    ...(/^[A-Z]{2}$/.test(country) ? [] : ['the country is not two capital letters']),
    ...(/^[A-Z]{1,3}$/.test(state) ? [] : ['the state is not one to three capital letters']),
    ...(isYears(documentYears)
      ? []
      : [`the longest validity of a document is not 1 to ${MAX_DOCUMENT_YEARS} whole years`]),
    ...(documentTypes.length > 0 && documentTypes.every((type) => /^[A-Z]{1,2}$/.test(type))
      ? []
      : ['a document type is not one or two capital letters']),
  ];
  if (reasons.length > 0) throw new ProductionError('USAGE', 'keys', reasons);
  const signerLife = SIGNER_USE_MONTHS + 12 * documentYears;
  return {
    state,
    name: [
      { type: 'C', value: country },
      { type: 'O', value: 'Persoline trial issuer' },
    ],
    // Nobody answers for trial keys: the name is one that can never be reached.
    contact: { state, contact: 'csca@trial.invalid' },
    crlUris: [`https://pkddownload1.icao.int/CRLs/${state}.crl`],
    documentTypes,
    cscaPeriods: (from) => periodsFrom(from, CSCA_USE_MONTHS, CSCA_USE_MONTHS + signerLife),
    signerPeriods: (from) => periodsFrom(from, SIGNER_USE_MONTHS, signerLife),
  };
}

function isYears(years: number): boolean {
  return Number.isInteger(years) && years >= 1 && years <= MAX_DOCUMENT_YEARS;
}

/** Certificates tell time to the second. */
function periodsFrom(begin: Date, useMonths: number, lifeMonths: number): IssuedPeriods {
  const from = new Date(begin);
  from.setUTCMilliseconds(0);
  return {
    keyUse: { from, until: addMonths(from, useMonths) },
    validity: { from, until: addMonths(from, lifeMonths) },
  };
}
