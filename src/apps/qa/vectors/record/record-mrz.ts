import { encodeHex } from '../../../../standards/bytes/hex';
import { parseDg1 } from '../../../../standards/lds/dg1';
import { digestBytes } from '../../../../standards/crypto/digest-algorithms';
import { encodeDg1 } from '../../../../standards/lds/dg1';
import { encodeMrz } from '../../../../standards/mrz/encode-mrz';
import type { MrzFields } from '../../../../standards/mrz/mrz-fields';
import { MRZ_LAYOUTS } from '../../../../standards/mrz/mrz-layout';
import { parseMrz } from '../../../../standards/mrz/parse-mrz';
import { LDS } from '../topics/lds';
import { MRZ } from '../topics/mrz';
import { maskBirth, maskExpiry, maskText } from './mask-text';
import type { Candidate } from './recording';

const MASKED = ['name', 'document number', 'dates', 'sex', 'optional data', 'check digits'];

/** EF.DG1 with the holder replaced by nobody. @throws MalformedError */
export function maskDg1(file: Uint8Array): Uint8Array {
  return encodeDg1(encodeMrz(maskFields(parseMrz(parseDg1(file)))));
}

/** The MRZ written from its elements, read again, and as EF.DG1. @throws MalformedError */
export function recordMrz(file: Uint8Array): readonly Candidate[] {
  const zone = parseDg1(file);
  const fields = parseMrz(zone);
  const other = maskFields(fields);
  const lines = splitLines(zone, fields);
  const masked = encodeMrz(other);
  const whole = { hex: encodeHex(file), sha256: encodeHex(digestBytes('sha256', file)) };
  return [
    {
      topic: MRZ,
      id: 'mrz-written',
      real: { inputs: inputsOf(fields), expected: { mrz: lines } },
      masked: { inputs: inputsOf(other), what: MASKED },
    },
    {
      topic: MRZ,
      id: 'mrz-read',
      real: { inputs: { mrz: lines }, expected: { fields: elementsOf(fields) } },
      masked: { inputs: { mrz: masked }, what: MASKED },
    },
    {
      topic: LDS,
      id: 'ef-dg1',
      real: { inputs: { mrz: lines }, expected: whole },
      masked: { inputs: { mrz: masked }, what: MASKED },
    },
  ];
}

function splitLines(zone: string, { form }: MrzFields): readonly string[] {
  const { lineLength } = MRZ_LAYOUTS[form];
  return Array.from({ length: zone.length / lineLength }, (_, line) =>
    zone.slice(line * lineLength, (line + 1) * lineLength),
  );
}

function maskFields(fields: MrzFields): MrzFields {
  return {
    ...fields,
    documentNumber: maskText(fields.documentNumber),
    dateOfBirth: maskBirth(fields.dateOfBirth),
    dateOfExpiry: maskExpiry(fields.dateOfExpiry),
    sex: '<',
    name: maskText(fields.name),
    optionalData: maskText(fields.optionalData),
    optionalDataLine2: maskText(fields.optionalDataLine2),
  };
}

function inputsOf(fields: MrzFields): Readonly<Record<string, unknown>> {
  const [primary = '', secondary = ''] = fields.name.split('<<');
  return {
    form: fields.form,
    fields: {
      document_code: fields.documentCode,
      issuer: fields.issuingState,
      nationality: fields.nationality,
      document_number: fields.documentNumber,
      date_of_birth: fields.dateOfBirth,
      date_of_expiry: fields.dateOfExpiry,
      sex: fields.sex,
      surname: primary.replaceAll('<', ' '),
      given_names: secondary.replaceAll('<', ' '),
      optional: fields.optionalData,
      optional_line2: fields.optionalDataLine2,
    },
  };
}

function elementsOf(fields: MrzFields): Readonly<Record<string, unknown>> {
  return {
    form: fields.form,
    document_code: fields.documentCode,
    issuer: fields.issuingState,
    nationality: fields.nationality,
    document_number: fields.documentNumber,
    date_of_birth: fields.dateOfBirth,
    date_of_expiry: fields.dateOfExpiry,
    sex: fields.sex,
    name: fields.name,
    optional: fields.optionalData,
    optional_line2: fields.optionalDataLine2,
  };
}
