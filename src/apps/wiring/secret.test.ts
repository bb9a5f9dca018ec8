import { execFileSync, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSecret } from './secret';

const ROOT = join(__dirname, '../../..');
const PIN = { what: 'PIN', question: 'PIN of the HSM' };
const SECRET = 'geheim-4711';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-secret-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(content: string, mode = 0o600): Promise<string> {
  const file = join(folder, 'pin');
  await writeFile(file, content);
  await chmod(file, mode);
  return file;
}

async function inMode<T>(mode: string, work: () => Promise<T>): Promise<T> {
  const { PERSOLINE_MODE: before } = process.env;
  process.env['PERSOLINE_MODE'] = mode;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['PERSOLINE_MODE'];
    else process.env['PERSOLINE_MODE'] = before;
  }
}

describe('a file', () => {
  it.each(['', '\n', '\r\n'])('holds one line, ended by %j', async (end) => {
    expect(await readSecret(`file:${await fileOf(`${SECRET}${end}`)}`, PIN)).toBe(SECRET);
  });

  it.each([
    '',
    '\n',
    `${SECRET}\n\n`,
    `${SECRET}\nmore`,
    `# the PIN\n${SECRET}\n`,
    'x'.repeat(257),
  ])('that holds anything else is refused: %j', async (content) => {
    const error: unknown = await readSecret(`file:${await fileOf(content)}`, PIN).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'INPUT_MALFORMED' });
    expect(String(error)).not.toContain(SECRET);
  });

  it('that others can read is refused in production', async () => {
    const open = `file:${await fileOf(SECRET, 0o640)}`;
    await expect(inMode('production', () => readSecret(open, PIN))).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
    });
    expect(await inMode('trial', () => readSecret(open, PIN))).toBe(SECRET);
    const own = `file:${await fileOf(SECRET, 0o400)}`;
    expect(await inMode('production', () => readSecret(own, PIN))).toBe(SECRET);
  });

  it('of systemd is a credential by its name', async () => {
    await fileOf(`${SECRET}\n`);
    process.env['CREDENTIALS_DIRECTORY'] = folder;
    try {
      expect(await readSecret('credential:pin', PIN)).toBe(SECRET);
    } finally {
      delete process.env['CREDENTIALS_DIRECTORY'];
    }
    await expect(readSecret('credential:pin', PIN)).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
    });
  });
});

test('a reference that is none is not repeated', async () => {
  const error: unknown = await readSecret(SECRET, PIN).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'USAGE' });
  expect(JSON.stringify(error)).not.toContain(SECRET);
});

/** A program at a terminal of its own: types when it is asked, and gives back what was on the screen. */
function atTerminal(typed: string): Promise<string> {
  const program = `require(${JSON.stringify(join(ROOT, 'dist/src/apps/wiring/secret.js'))})
    .readSecret('prompt', ${JSON.stringify(PIN)})
    .then((pin) => console.log('length ' + pin.length), (error) => console.log(error.code))`;
  const file = join(folder, 'ask.js');
  return writeFile(file, program).then(
    () =>
      new Promise((resolve, reject) => {
        const terminal = spawn('script', ['-qec', `${process.execPath} ${file}`, '/dev/null']);
        let screen = '';
        let answered = false;
        terminal.stdout.on('data', (chunk: Buffer) => {
          screen += String(chunk);
          if (answered || !screen.includes(`${PIN.question}: `)) return;
          answered = true;
          terminal.stdin.write(typed);
        });
        terminal.once('error', reject);
        terminal.once('close', () => resolve(screen));
      }),
  );
}

test('a prompt at a terminal shows nothing of what is typed', async () => {
  execFileSync(join(ROOT, 'scripts/build'), { stdio: 'ignore' });
  const entered = await atTerminal(`${SECRET}\r`);
  expect(entered).toContain(`length ${SECRET.length}`);
  expect(entered).not.toContain('geheim');
  const corrected = await atTerminal(`${SECRET}x\u007f\r`);
  expect(corrected).toContain(`length ${SECRET.length}`);
  expect(await atTerminal(`${SECRET}\u0003`)).toContain('USAGE');
}, 120_000);
