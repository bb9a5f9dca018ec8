import { encodeTlv } from '../../standards/tlv/tlv';
import type { TerminalTrust } from '../document/terminal-trust';
import { shippedChip, shippedProduct } from '../profile/testing/shipped-profiles';
import { compileScript } from './compile-script';
import { buildSampleDocument } from './sample-document';

const product = shippedProduct('icao-td3-passport');
const chip = shippedChip('gp-emrtd');
const terminalTrust: TerminalTrust = {
  certificates: [2, 1].map((number) => encodeTlv(0x7f21, Uint8Array.of(0x7f, 0x4e, number))),
  currentDate: '260601',
};

test('each CVCA is handed over once, the date once', () => {
  const document = { ...buildSampleDocument(product, chip), terminalTrust };
  const steps = compileScript({ document, product, chip }).steps.filter(({ title }) =>
    /^Store the (certificate|current)/.test(title.en),
  );
  expect(steps.map(({ title }) => title.en)).toEqual([
    'Store the certificate of the CVCA',
    'Store the certificate of the CVCA',
    'Store the current date of the chip',
  ]);
});

test('a chip that is to hold more than it can, or half of it, gets nothing', () => {
  const document = { ...buildSampleDocument(product, chip), terminalTrust };
  const small = { ...chip, terminalAuthentication: { trustPoints: 1 } };
  expect(() => compileScript({ document, product, chip: small })).toThrow(
    expect.objectContaining({ reasons: ['2 CVCA certificates, the chip takes 1'] }) as Error,
  );
  const files = new Map([...document.files].filter(([name]) => name !== 'EF.CVCA'));
  expect(() => compileScript({ document: { ...document, files }, product, chip })).toThrow(
    expect.objectContaining({ code: 'INPUT_MALFORMED' }) as Error,
  );
});
