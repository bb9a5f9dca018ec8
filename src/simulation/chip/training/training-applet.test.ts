import { openChip } from '../testing/open-chip';

test('files are made by their own template, selected at once and never locked', async () => {
  const { terminal } = await openChip('training-card');
  const rows = [
    ['00A4040C07A0000002471001', '9000'],
    ['00A4020C02011E', '6A82'],
    ['00D6000001FF', '6986'],
    ['00E000000783021000820138', '9000'],
    ['00E000000B8302011E82010180026001', '6A84'],
    ['00E000000B8302011E82010180020004', '9000'],
    ['00D600000401020304', '9000'],
    ['00D60004010F', '6A84'],
    ['00B0000110', '0203049000'],
    ['00B0000401', '6B00'],
    ['00E000000B8302011E82010180020004', '6A89'],
    ['00E0000003830201', '6A80'],
    ['00CA000000', '6D00'],
  ] as const;
  for (const [command, answer] of rows)
    expect([command, await terminal.hex(command)]).toEqual([command, answer]);
});
