import type { CheckOutcome } from '../../document/inspection-report';
import type { ChipFacts } from '../chip-facts';
import type { JudgeRequest } from '../judge-files';
import { text } from '../texts/text';
import { OTHER_DG1 } from './specimen-faults';

/** One bad chip for a check that no set of files can fail, because it asks a chip. */
export interface BadChip {
  readonly check: string;
  readonly fault: string;
  readonly outcome: CheckOutcome;
  /** What it must say, in English. */
  readonly reason: string;
  /** The good specimen with what is wrong about it. */
  readonly change: (good: JudgeRequest) => JudgeRequest;
}

/** A chip that behaves: opened by PACE, its keys proved, nothing unread. */
const GOOD: ChipFacts = {
  access: { words: 'PACE with CAN', protocol: 'pace', paceOffered: true },
  unread: new Map(),
  activeAuthentication: { state: 'proved', algorithm: 'RSA' },
};

function chip(change: Partial<ChipFacts>): BadChip['change'] {
  return (good) => ({ ...good, chip: { ...GOOD, ...change } });
}

const WRONG_KEY = {
  state: 'failed',
  reason: text('aa.failed', { detail: 'the signature is wrong' }),
} as const;

/** For each such check the chip, or the files that were meant, that it must not pass. */
export const BAD_CHIPS: readonly BadChip[] = [
  {
    check: 'ICAO3:ISO7816/access',
    fault: 'everybody can read the chip',
    outcome: 'warning',
    reason: text('access.plain').en,
    change: chip({ access: { words: 'none', protocol: 'none', paceOffered: false } }),
  },
  {
    check: 'ICAO3:ISO7816/closed',
    fault: 'the chip asks for a password and does not need it',
    outcome: 'fail',
    reason: text('access.opens-to-all').en,
    change: chip({ access: { ...GOOD.access, opensToAll: true } }),
  },
  {
    check: 'ICAO3:ISO7816_D/read',
    fault: 'a file breaks off while it is read',
    outcome: 'fail',
    reason: 'EF.DG11 breaks off.',
    change: chip({
      unread: new Map([
        [
          'EF.DG11',
          { why: 'broken', reason: { vi: 'EF.DG11 bị đứt.', en: 'EF.DG11 breaks off.' } },
        ],
      ]),
    }),
  },
  {
    check: 'TR3.2:ISO7816_H/closed',
    fault: 'fingers are open to everybody',
    outcome: 'warning',
    reason: 'EF.DG3 can be read without Terminal Authentication.',
    change: (good) => ({
      ...good,
      chip: GOOD,
      files: new Map([...good.files, ['EF.DG3', Uint8Array.of(0x63, 0)]]),
    }),
  },
  {
    check: 'TR3.2:ISO7816_K/terminal',
    fault: 'the chip trusts another authority',
    outcome: 'not-checked',
    reason: 'It trusts another.',
    change: chip({
      terminal: { refusal: { vi: 'Chip tin CVCA khác.', en: 'It trusts another.' }, opened: [] },
    }),
  },
  {
    check: '9303-11:AA/signature',
    fault: 'the chip signs with another key than that of EF.DG15',
    outcome: 'fail',
    reason: WRONG_KEY.reason.en,
    change: chip({ activeAuthentication: WRONG_KEY }),
  },
  {
    check: '9303-11:CA/key-agreement',
    fault: 'the chip agrees with another key than that of EF.DG14',
    outcome: 'fail',
    reason: WRONG_KEY.reason.en,
    change: chip({ chipAuthentication: WRONG_KEY }),
  },
  {
    check: '9303-11:CA/pace-mapping',
    fault: 'the chip maps with another key than that of EF.CardSecurity',
    outcome: 'fail',
    reason: WRONG_KEY.reason.en,
    change: chip({ chipAuthenticationMapping: WRONG_KEY }),
  },
  {
    check: 'persoline:compare/file',
    fault: "somebody else's EF.DG1 was meant",
    outcome: 'fail',
    reason: 'EF.DG1 is not the file that was meant: the name differs.',
    change: (good) => ({ ...good, expected: new Map([...good.files, ['EF.DG1', OTHER_DG1]]) }),
  },
];
