import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../../../hsm-mock/software-hsm';
import { createToken } from '../../../../../hsm-mock/token';
import { openPostgresCustody } from '../../../../adapters/postgres/custody-store';
import { startEmbeddedPostgres } from '../../../../adapters/postgres/embedded';
import { TestDatabases } from '../../../../adapters/postgres/testing/test-databases';
import { derChildren, parseDer } from '../../../../standards/asn1/read';
import type { Hsm } from '../../../ports';
import {
  makeCustodianKey,
  openCustodianKey,
  type PresentCustodian,
} from '../../four-eyes/custodian-key';
import { approveCeremony, type PeopleInRoom } from '../approve-ceremony';
import type { CeremonyFile } from '../ceremony-file';
import type { CeremonyText } from '../ceremony-texts';
import { givenFiles } from '../prepare-rehearsal';
import { type CeremonyRecord, runCeremony } from '../run-ceremony';

export const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
const PASSPHRASE = 'bốn mắt nhìn một';
const AT = new Date('2026-03-10T09:00:00Z');
/** What nothing in the world can be asked about: opening, and looking on. */
const READS = /^(find|list|latest|read|journalOf|quorum)/;

/** A place with custodians, a database of custody and a software HSM, from which others are copied. */
export interface CeremonyPlace {
  readonly database: string;
  readonly directory: string;
  /** Open from the first try to the last: to open it takes as long as a whole ceremony. */
  readonly hsm: Hsm;
}

/** Where ceremonies of tests are held. */
export class CeremonyWorlds {
  readonly people: PresentCustodian[] = [];
  private readonly folders: string[] = [];
  private readonly hsms: Hsm[] = [];

  private constructor(private readonly databases: TestDatabases) {}

  /** Makes four custodians, an, binh, chi and dung, who have founded. */
  static async start(): Promise<CeremonyWorlds> {
    const worlds = new CeremonyWorlds(await TestDatabases.start(() => startEmbeddedPostgres()));
    for (const name of ['an', 'binh', 'chi', 'dung']) {
      const { text } = await makeCustodianKey(name, PASSPHRASE, random);
      worlds.people.push(await openCustodianKey(text, PASSPHRASE, name));
    }
    return worlds;
  }

  async empty(): Promise<CeremonyPlace> {
    const [database, directory] = [await this.databases.create(), await this.newFolder()];
    await createToken({ directory }, 'trial');
    const custody = await openPostgresCustody(database);
    await custody.signers.declareRehearsal();
    for (const { name, publicKey } of this.people) {
      await custody.fourEyes.enrollCustodian({ name, publicKey, enrolledAt: AT });
    }
    await custody.fourEyes.foundQuorum(2, AT);
    await custody.close();
    return this.open(database, directory);
  }

  /** Another of the same; nobody may be at work in the first. */
  async copy({ database, directory }: CeremonyPlace): Promise<CeremonyPlace> {
    const folder = await this.newFolder();
    await cp(directory, folder, { recursive: true });
    const template = database.replace(/^.*\//, '');
    return this.open(await this.databases.create(template), folder);
  }

  room(...names: readonly string[]): PeopleInRoom {
    return {
      requester: this.people.find(({ name }) => name === 'dung')!,
      custodians: this.people.filter(({ name }) => names.includes(name)),
    };
  }

  async stop(): Promise<void> {
    for (const hsm of this.hsms) await hsm.close();
    await this.databases.stop();
    for (const folder of this.folders) await rm(folder, { recursive: true, force: true });
  }

  private async open(database: string, directory: string): Promise<CeremonyPlace> {
    const hsm = await openSoftwareHsm({ directory, pin: 'trial' });
    this.hsms.push(hsm);
    return { database, directory, hsm };
  }

  private async newFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'persoline-ceremony-'));
    this.folders.push(folder);
    return folder;
  }
}

/** What was seen of a ceremony while it was held. */
export interface Witness {
  readonly said: CeremonyText[];
  /** Serial numbers of certificates that the HSM signed, kept or not. */
  readonly serials: Set<string>;
}

/**
 * Holds a ceremony in a place; `fail` is asked after each thing that lasts, which is before the next.
 */
export async function hold(
  place: CeremonyPlace,
  meeting: {
    readonly file: CeremonyFile;
    readonly people: PeopleInRoom;
    readonly given?: readonly Uint8Array[];
  },
  witness: Witness,
  fail: () => void = () => undefined,
): Promise<CeremonyRecord> {
  const opened = await openPostgresCustody(place.database);
  const custody = watched(opened, fail);
  const hsm = watched(place.hsm, fail);
  const tell = (text: CeremonyText): void => void witness.said.push(text);
  const clock = { now: () => AT };
  try {
    const approved = await approveCeremony(meeting.file, meeting.people, {
      ...{ fourEyes: custody.fourEyes, ceremonies: custody.ceremonies, clock, by: 'test', tell },
    });
    const order = { ...approved, rehearsal: false, by: 'test' };
    return await runCeremony(meeting.file, order, {
      ...{ custody, clock, random, tell },
      hsm: recordSerials(hsm, witness.serials),
      journal: custody.ceremonies.journalOf(approved.proposalId),
      given: givenFiles(meeting.given ?? []),
      proceed: () => Promise.resolve(),
    });
  } finally {
    await opened.close();
  }
}

/** Labels of all keys in the HSM of a place. */
export async function listKeys({ directory }: CeremonyPlace): Promise<readonly string[]> {
  const names = await readdir(directory, { recursive: true });
  return names.flatMap((name) => /([^/]+)\.key\.json$/.exec(name)?.[1] ?? []).sort();
}

/** The same thing, whose every act asks, when it is done, whether anybody learns of it. */
function watched<T extends object>(target: T, fail: () => void): T {
  return new Proxy(target, {
    get(from, name: string): unknown {
      const member: unknown = Reflect.get(from, name);
      if (typeof member === 'object' && member !== null) return watched(member, fail);
      if (typeof member !== 'function') return member;
      const call = member.bind(from) as (...given: unknown[]) => unknown;
      if (name === 'journalOf')
        return (...given: unknown[]) => watched(call(...given) as object, fail);
      if (READS.test(name)) return call;
      return async (...given: unknown[]) => {
        const result: unknown = await call(...given);
        fail();
        return result;
      };
    },
  });
}

function recordSerials(hsm: Hsm, serials: Set<string>): Hsm {
  return new Proxy(hsm, {
    get(from, name): unknown {
      if (name !== 'sign') return Reflect.get(from, name);
      return (request: Parameters<Hsm['sign']>[0]) => {
        if (request.purpose === 'csca-sign') {
          const [, serial] = derChildren(parseDer(request.message, 'TBSCertificate'));
          serials.add(Buffer.from(serial!.value).toString('hex'));
        }
        return hsm.sign(request);
      };
    },
  });
}
