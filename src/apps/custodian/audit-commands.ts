import { createPublicKey } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import {
  exportAudit,
  signCheckpoint,
  type AuditSigner,
} from '../../production/custody/audit/export-audit';
import { verifyAudit } from '../../production/custody/audit/verify-audit';
import { ProductionError } from '../../production/errors';
import type { Hsm } from '../../production/ports';
import type { CommandContext } from '../command-context';
import { EXIT } from '../report-error';
import { systemClock } from '../system';
import { printJson } from '../terminal';
import { addCustodyKeyOptions, withKeys, type CustodyOptions } from './custody-session';

const AUDIT_KEY = { keyLabel: 'audit-1', algorithm: 'ecdsa-P-256-sha256' } as const;

/** `audit checkpoint`, `export`, `public-key`, `verify`. */
export function addAuditCommands(program: Command, context: CommandContext): void {
  const audit = program.command('audit').description('What was done with keys, and by whom.');
  addCustodyKeyOptions(
    audit.command('checkpoint').description('Signs the state of the log; run it every hour.'),
  ).action((options: CustodyOptions) =>
    withKeys(options, async ({ custody, hsm }) => {
      await signCheckpoint(custody.audit, await auditSigner(hsm));
      context.terminal.print('a checkpoint was signed');
    }),
  );
  addCustodyKeyOptions(
    audit
      .command('export')
      .description('Writes the whole log into a file that can be verified anywhere.')
      .requiredOption('--out <file>', 'the file'),
  ).action((options: CustodyOptions & { readonly out: string }) => exportLog(context, options));
  addCustodyKeyOptions(
    audit
      .command('public-key')
      .description('Writes the public key that verifies the log, as PEM.')
      .requiredOption('--out <file>', 'the file'),
  ).action((options: CustodyOptions & { readonly out: string }) =>
    writePublicKey(context, options),
  );
  audit
    .command('verify')
    .argument('<file>', 'an exported log')
    .description('Finds every entry that was deleted, changed, reordered, inserted or cut off.')
    .requiredOption('--public-key <file>', 'PEM or DER')
    .option('--json', 'for machines')
    .action((file: string, options: VerifyOptions) => verify(context, file, options));
}

interface VerifyOptions {
  readonly publicKey: string;
  readonly json?: true;
}

async function exportLog(
  { terminal }: CommandContext,
  options: CustodyOptions & { readonly out: string },
): Promise<void> {
  await withKeys(options, async ({ custody, hsm, act }) => {
    const signer = await auditSigner(hsm);
    // Who reads the log is in the log.
    await act({ action: 'export-audit', subject: 'audit log' }, () => Promise.resolve());
    const file = await open(options.out, 'wx', 0o640).catch((cause: unknown) => {
      throw new ProductionError('OUTPUT_UNWRITABLE', options.out, [], { cause });
    });
    try {
      const count = await exportAudit(custody.audit, signer, async (line) => {
        await file.write(`${line}\n`);
      });
      await file.sync();
      terminal.print(`${options.out}: ${count} entries`);
    } finally {
      await file.close();
    }
  });
}

async function writePublicKey(
  { terminal }: CommandContext,
  options: CustodyOptions & { readonly out: string },
): Promise<void> {
  await withKeys(options, async ({ hsm }) => {
    await auditSigner(hsm);
    const key = await hsm.findKey(AUDIT_KEY.keyLabel);
    if (key?.publicKey === undefined) throw new ProductionError('HSM_KEY_MISSING', 'audit-1');
    const spki = createPublicKey({ key: Buffer.from(key.publicKey), format: 'der', type: 'spki' });
    await writeFile(options.out, spki.export({ format: 'pem', type: 'spki' }));
    terminal.print(options.out);
  });
}

async function verify(
  context: CommandContext,
  file: string,
  options: VerifyOptions,
): Promise<void> {
  const publicKey = await readPublicKey(options.publicKey);
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  const verdict = await verifyAudit(lines, publicKey).catch((cause: unknown) => {
    if (cause instanceof Error && 'syscall' in cause) {
      throw new ProductionError('INPUT_UNREADABLE', file, [], { cause });
    }
    throw cause;
  });
  const { faults, entries, writers, checkpoints, completeUntil } = verdict;
  if (faults.length > 0) context.exitStatus = EXIT.no;
  if (options.json === true) {
    printJson(context.terminal, verdict);
    return;
  }
  for (const { kind, where, line, reason } of faults) {
    context.terminal.print(`${file}:${line}: ${kind}: ${where}: ${reason}`);
  }
  const counts = `${entries} entries of ${writers} writers, ${checkpoints} checkpoints`;
  context.terminal.print(
    faults.length === 0 && completeUntil !== undefined
      ? `the log is whole until ${completeUntil.toISOString()}: ${counts}`
      : `the log is not whole: ${faults.length} faults in ${counts}`,
  );
}

/** The key of the audit, made when it is first needed. */
async function auditSigner(hsm: Hsm): Promise<AuditSigner> {
  const { keyLabel, algorithm } = AUDIT_KEY;
  if ((await hsm.findKey(keyLabel)) === undefined) {
    await hsm.generateKeyPair({ label: keyLabel, purpose: 'audit-sign', algorithm });
  }
  return { ...AUDIT_KEY, hsm, clock: systemClock };
}

async function readPublicKey(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ProductionError('INPUT_UNREADABLE', file, [], { cause });
  });
  try {
    const isPem = bytes.toString('latin1').startsWith('-----BEGIN');
    const key = isPem
      ? createPublicKey(bytes)
      : createPublicKey({ key: bytes, format: 'der', type: 'spki' });
    return new Uint8Array(key.export({ format: 'der', type: 'spki' }));
  } catch (cause) {
    throw new ProductionError('INPUT_MALFORMED', file, ['it is no public key'], { cause });
  }
}
