import type { LocalText } from '../document/inspection-report';
import type { CardChannel } from '../ports';
import type { ChipProfile } from '../profile/chip';
import { observeLife, type ChipLife } from './observe-life';

export interface CrashProbe {
  /** The chip of the attempt, known by its serial and just reset. */
  readonly channel: CardChannel;
  readonly chip: ChipProfile;
  readonly attempt: InterruptedAttempt;
}

/** What the line had committed about the attempt when it was interrupted. */
export interface InterruptedAttempt {
  /** The read-back before the lock was passed; a lock is never sent without it. */
  readonly verified: boolean;
}

/** What is to be done with the chip in hand, and what was seen that says so. */
export type CrashDecision = {
  readonly evidence: readonly LocalText[];
  readonly reason: LocalText;
} & (
  | {
      readonly action: 'resume';
      /** `write`: all of it again; `verify`: read back, then lock; `lock`: end the lock. */
      readonly from: 'write' | 'verify' | 'lock';
      /** Verbs that the chip has behind it already. */
      readonly without: readonly string[];
    }
  /** The chip is complete: the read-back after the lock has the last word. */
  | { readonly action: 'accept' }
  | { readonly action: 'spoil' }
);

type Verdict =
  | { readonly action: 'accept' | 'spoil'; readonly reason: LocalText }
  | {
      readonly action: 'resume';
      readonly from: 'write' | 'verify' | 'lock';
      readonly without: readonly string[];
      readonly reason: LocalText;
    };

/**
 * Decides what becomes of an interrupted attempt from what the chip itself answers; nothing is
 * guessed, and nothing on the chip is changed.
 *
 * @throws ProductionError `CARD_LOST`, `CARD_MUTE`
 */
export async function probeAfterCrash({
  channel,
  chip,
  attempt,
}: CrashProbe): Promise<CrashDecision> {
  const { sign, evidence } = await observeLife(channel, chip);
  const verdict = attempt.verified ? AFTER_VERIFY[sign] : BEFORE_VERIFY[sign];
  if (sign === 'begun' && !attempt.verified && !chip.rewritable) {
    return { ...CANNOT_REWRITE, evidence };
  }
  return { ...verdict, evidence };
}

const FOREIGN: Verdict = {
  action: 'spoil',
  reason: {
    vi: 'Chip trả lời khác với loại chip này, trạng thái không xác định được',
    en: 'the chip answers as its type never does, so its state cannot be known',
  },
};

const CANNOT_REWRITE: Verdict = {
  action: 'spoil',
  reason: {
    vi: 'Chip đã ghi dở và loại chip này không ghi lại từ đầu được',
    en: 'the chip was begun, and its type cannot be written again from the start',
  },
};

const AGAIN: Omit<Extract<Verdict, { action: 'resume' }>, 'reason'> = {
  action: 'resume',
  from: 'write',
  without: [],
};

/** The write was under way: no lock had been sent. */
const BEFORE_VERIFY: Readonly<Record<ChipLife['sign'], Verdict>> = {
  empty: {
    ...AGAIN,
    reason: { vi: 'Chip còn trắng, ghi từ đầu', en: 'the chip is still empty; write it' },
  },
  open: {
    ...AGAIN,
    reason: {
      vi: 'Chip còn nhận lệnh ghi và không thấy dữ liệu nào, ghi từ đầu',
      en: 'the chip still takes commands and shows no content; write it from the start',
    },
  },
  begun: {
    ...AGAIN,
    reason: {
      vi: 'Chip đã ghi dở và ghi lại từ đầu được',
      en: 'the chip was begun and can be written again from the start',
    },
  },
  personalized: {
    action: 'spoil',
    reason: {
      vi: 'Chip đã đóng phần ghi mà chưa từng được kiểm tra',
      en: 'the chip takes no more data, but it was never verified',
    },
  },
  locked: {
    action: 'spoil',
    reason: {
      vi: 'Chip đã khóa mà hệ thống chưa từng ra lệnh khóa',
      en: 'the chip is locked, but no lock was ever sent',
    },
  },
  foreign: FOREIGN,
};

/** The chip had been read back and found right; the lock may have been sent, in part or whole. */
const AFTER_VERIFY: Readonly<Record<ChipLife['sign'], Verdict>> = {
  empty: {
    action: 'spoil',
    reason: {
      vi: 'Chip đã được kiểm tra là đủ nhưng nay lại trống',
      en: 'the chip was read back complete and now is empty',
    },
  },
  open: {
    action: 'resume',
    from: 'verify',
    without: [],
    reason: {
      vi: 'Chip chưa khóa, đọc lại để kiểm tra rồi khóa',
      en: 'the chip is not locked yet; read it back once more, then lock it',
    },
  },
  begun: {
    action: 'resume',
    from: 'verify',
    without: [],
    reason: {
      vi: 'Chip đã ghi và chưa khóa, đọc lại để kiểm tra rồi khóa',
      en: 'the chip is written and not locked; read it back once more, then lock it',
    },
  },
  personalized: {
    action: 'resume',
    from: 'lock',
    without: ['set-state'],
    reason: {
      vi: 'Lệnh khóa mới xong một nửa, gửi nốt phần còn lại',
      en: 'the lock was done by half; send the rest of it',
    },
  },
  locked: {
    action: 'accept',
    reason: {
      vi: 'Chip đã khóa sau khi kiểm tra đạt',
      en: 'the chip was verified and is locked',
    },
  },
  foreign: FOREIGN,
};
