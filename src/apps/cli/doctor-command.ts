import type { Command } from 'commander';
import { statfs } from 'node:fs/promises';
import { ERRORS, ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import { persolineHome } from '../home';
import { EXIT } from '../report-error';
import { systemClock } from '../system';
import { printJson } from '../terminal';
import { faceRasterizer, openFaceRenderer } from '../wiring/faces';
import { openReaders } from '../wiring/readers';
import { openStore } from '../wiring/store';
import { openNamedKeys, storePlace, addStoreOptions, type StoreOptions } from './open-line-store';

interface Diagnosis {
  readonly part: string;
  /** `ok` works, `absent` is not needed for everything, `fail` is broken. */
  readonly state: 'ok' | 'absent' | 'fail';
  readonly found: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const LOW_DISK_BYTES = 1024 ** 3;
const LOW_DAYS = 14;

/** `doctor`: looks at every part and says in one line what it found. */
export function addDoctorCommand(program: Command, context: CommandContext): void {
  addStoreOptions(
    program
      .command('doctor')
      .description('Looks at reader, HSM, database, clock, signer, disk: one line each.')
      .option('--json', 'for machines'),
  ).action(async (options: StoreOptions & { readonly json?: true }) => {
    const diagnoses = [
      ...(await examineKeysAndDatabase(context, options)),
      await examine('readers', examineReaders, 'absent'),
      await examine('clock', examineClock),
      await examine('disk', examineDisk),
      await examine('faces', examineFaces),
    ];
    if (options.json === true) printJson(context.terminal, diagnoses);
    else for (const line of diagnoses.map(describe)) context.terminal.print(line);
    if (diagnoses.some(({ state }) => state === 'fail')) context.exitStatus = EXIT.no;
  });
}

async function examineKeysAndDatabase(
  context: CommandContext,
  options: StoreOptions,
): Promise<readonly Diagnosis[]> {
  let opened: Awaited<ReturnType<typeof openNamedKeys>> | undefined;
  const hsm = await examine('hsm', async () => {
    opened = await openNamedKeys(context, options);
    return `answers, ${opened.keys.signers.length} document signer(s)`;
  });
  if (opened === undefined) return [hsm];
  const { hsm: open, keys, signer } = opened;
  try {
    return [
      hsm,
      await examine('signer', () => {
        const { keyUse } = signer();
        const days = Math.floor((keyUse.until.getTime() - systemClock.now().getTime()) / DAY_MS);
        const text = `${days} days of key use left`;
        if (days < LOW_DAYS) throw new ProductionError('SIGNER_OUTSIDE_PERIOD', 'soon', [text]);
        return Promise.resolve(text);
      }),
      await examine('database', async () => {
        const place = storePlace();
        const store = await openStore(place, { hsm: open, label: keys.storageKeyLabel });
        await store.close();
        return place.databaseUrl === undefined ? 'embedded, answers' : 'answers, up to date';
      }),
    ];
  } finally {
    await open.close();
  }
}

async function examineReaders(): Promise<string> {
  const readers = openReaders();
  try {
    const names = await readers.list();
    if (names.length === 0) throw new ProductionError('READER_NONE', 'pcscd runs', ['no reader']);
    return names.join(', ');
  } finally {
    await readers.close();
  }
}

function examineClock(): Promise<string> {
  const now = systemClock.now();
  // Built in 2026: a clock before that would sign outside every period.
  if (now.getUTCFullYear() < 2026) {
    throw new ProductionError('SIGNER_OUTSIDE_PERIOD', 'clock', ['the clock is in the past']);
  }
  return Promise.resolve(now.toISOString());
}

async function examineDisk(): Promise<string> {
  const folder = persolineHome();
  const { bavail, bsize } = await statfs(folder).catch(() => statfs('/'));
  const free = bavail * bsize;
  const text = `${Math.floor(free / 1024 ** 3)} GiB free`;
  if (free < LOW_DISK_BYTES) throw new ProductionError('OUTPUT_UNWRITABLE', folder, [text]);
  return text;
}

async function examineFaces(): Promise<string> {
  const face = { widthMm: 10, heightMm: 10, cornerRadiusMm: 0 };
  const sides = [{ name: 'page' as const, elements: [] }];
  const [page] = await openFaceRenderer().render(
    { ...face, sides },
    { createdAt: systemClock.now() },
  );
  if (page !== undefined) await faceRasterizer.rasterize(page.pdf, { dotsPerInch: 72 });
  return 'PDF and PNG can be made';
}

async function examine(
  part: string,
  look: () => Promise<string>,
  otherwise: 'absent' | 'fail' = 'fail',
): Promise<Diagnosis> {
  try {
    return { part, state: 'ok', found: await look() };
  } catch (error) {
    if (!(error instanceof ProductionError)) throw error;
    const { code, place, reasons } = error;
    const found = `${code}: ${[place, ...reasons].join('; ')}; ${ERRORS[code].hint}`;
    return { part, state: otherwise, found };
  }
}

function describe({ part, state, found }: Diagnosis): string {
  return `${part.padEnd(9)} ${state.padEnd(7)} ${found}`;
}
