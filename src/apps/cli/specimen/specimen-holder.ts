import type { MrzFields } from '../../../standards/mrz/mrz-fields';

/** An invented holder of the invented State UTO. */
export const SPECIMEN_HOLDER: MrzFields = {
  form: 'TD3',
  documentCode: 'PP',
  issuingState: 'UTO',
  name: 'MARLOWE<<IDA<RUTH',
  documentNumber: 'X00000047',
  nationality: 'UTO',
  dateOfBirth: '900317',
  sex: 'F',
  dateOfExpiry: '350316',
  optionalData: '',
  optionalDataLine2: '',
};

/** What opens every specimen; they protect nothing. */
export const SPECIMEN_SECRETS = { can: '470815', pin: '918273', puk: '5566778899' } as const;
