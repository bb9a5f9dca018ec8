import { openPcscBay } from './pcsc-bay';

test('a bay whose cards have ended says so, and closes', async () => {
  const { argv } = process;
  process.argv = [argv[0] ?? '', '/dev/null'];
  const bay = await openPcscBay('passport-applet', []);
  process.argv = argv;
  await expect(bay.insertBlank(0)).rejects.toMatchObject({ code: 'READER_NONE' });
  await expect(bay.insertBlank(0)).rejects.toMatchObject({ code: 'READER_NONE' });
  await bay.close();
}, 60_000);
