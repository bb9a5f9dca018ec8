import { type Check, note, pass } from '../../check';
import { mrzOf } from '../../lds-contents';
import { text } from '../../texts/text';

/** An expired document is no fault of its chip, but whoever holds it in hand should know. */
export const mrzExpiry: Check = {
  id: 'ICAO3:LDS_B/expiry',
  group: 'files',
  title: 'title.mrz-expiry',
  clause: '[9303-3 §4.8]',
  run: ({ contents, at }) => {
    const expiry = mrzOf(contents)?.dateOfExpiry;
    // There were no chips in documents of the last century, and `<` says that nothing expires.
    if (expiry === undefined || !/^\d{6}$/.test(expiry)) return [];
    const last = `20${expiry.slice(0, 2)}-${expiry.slice(2, 4)}-${expiry.slice(4)}`;
    const file = 'EF.DG1';
    return at.toISOString().slice(0, 10) > last
      ? [note(text('mrz.expired'), { file })]
      : [pass({ file })];
  },
};
