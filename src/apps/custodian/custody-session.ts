import { hostname, userInfo } from 'node:os';
import type { Command } from 'commander';
import {
  auditHsm,
  audited,
  type AuditedAct,
  type Auditor,
} from '../../production/custody/audit/audited';
import type { CustodyStore } from '../../production/document/custody/custody-store';
import { ProductionError } from '../../production/errors';
import type { Hsm } from '../../production/ports';
import { addKeyPlaceOptions, readKeyPlace, type KeyPlaceOptions } from '../key-place-options';
import { systemClock } from '../system';
import { openCustody } from '../wiring/custody';
import { openKeys, type OpenKeys } from '../wiring/keys';

export interface CustodyOptions extends KeyPlaceOptions {
  readonly keys?: string;
}

/** The database of custody, and who is at work in it. */
export interface CustodySession {
  readonly custody: CustodyStore;
  readonly auditor: Auditor;
  /** Does something and writes what came of it into the audit log. */
  readonly act: <T>(act: AuditedAct, work: () => Promise<T>) => Promise<T>;
}

export interface KeySession extends CustodySession {
  readonly keys: OpenKeys;
  /** Keys are made and used through it, so that each act has its entry. */
  readonly hsm: Hsm;
}

export function addCustodyKeyOptions(command: Command): Command {
  return addKeyPlaceOptions(
    command.option('--keys <dir>', 'key directory; PERSOLINE_KEYS by default'),
  );
}

/** Opens the database for as long as the work takes. */
export async function withCustody<T>(work: (session: CustodySession) => Promise<T>): Promise<T> {
  const custody = await openCustody();
  try {
    const auditor: Auditor = {
      ...{ log: custody.audit, clock: systemClock, place: hostname() },
      ...{ writer: `custodian@${hostname()}`, who: userInfo().username },
    };
    return await work({ custody, auditor, act: (act, inner) => audited(auditor, act, inner) });
  } finally {
    await custody.close();
  }
}

/** Opens the database and the keys. */
export async function withKeys<T>(
  options: CustodyOptions,
  work: (session: KeySession) => Promise<T>,
): Promise<T> {
  const directory = options.keys ?? process.env['PERSOLINE_KEYS'];
  if (directory === undefined) {
    throw new ProductionError('USAGE', '--keys', ['no key directory was named']);
  }
  return withCustody(async (session) => {
    const place = { directory, ...readKeyPlace(options) };
    const keys = await session.act({ action: 'open-keys', subject: 'HSM' }, () => openKeys(place));
    const hsm = auditHsm(keys.hsm, session.auditor);
    return work({ ...session, keys, hsm }).finally(() => hsm.close());
  });
}
