import { SW } from '../../../standards/apdu/status-words';
import { PACE_PASSWORD_REFERENCES } from '../../../standards/access/pace/pace-password';
import type { NvMemory } from '../nv-memory';
import { refuse } from '../status-word-error';
import type { EmrtdCommand, EmrtdContext } from './emrtd-context';
import { NO_DATA } from './emrtd-context';

const { CAN, PIN, PUK } = PACE_PASSWORD_REFERENCES;
const TRIES = 'pin-tries';
const PUK_USES = 'puk-uses';
const ALL_TRIES = 3;
/** With one try left the PIN is suspended: it counts after the CAN alone [TR-03110-2]. */
const SUSPENDED = 1;
const MAX_PUK_USES = 10;
/** 63Cx, with the tries that are left as x [TR-03110-3 §B.11]. */
const TRIES_LEFT = 0x63c0;
/** P1 of RESET RETRY COUNTER: with a new PIN, or without [TR-03110-3 §B.11]. */
const RESET = { withNewPin: 0x02, alone: 0x03 } as const;
const NEW_PIN = /^\d{6}$/;

/** Before a password is used: what the tries that are left allow. */
export function requireUsable(
  { memory, session }: EmrtdContext,
  reference: number,
  { isProtected }: Pick<EmrtdCommand, 'isProtected'>,
): void {
  if (reference !== PIN) return;
  const tries = readPinTries(memory);
  if (tries === 0) refuse(SW.authenticationBlocked);
  const isResumed = isProtected && session.channel?.passwordReference === CAN;
  if (tries === SUSPENDED && !isResumed) refuse(SW.conditionsNotSatisfied);
}

/** The warning with which MSE:Set AT answers for a PIN that has been tried in vain. */
export function warnOfTries(memory: NvMemory, reference: number): void {
  const tries = readPinTries(memory);
  if (reference === PIN && tries < ALL_TRIES) refuse(TRIES_LEFT + tries);
}

/**
 * Counts a try before it is judged, so that a chip that is torn off in between has counted it.
 *
 * @returns what the chip answers when the try fails
 */
export function countTry(memory: NvMemory, reference: number): number {
  if (reference !== PIN) return SW.authenticationFailed;
  const left = Math.max(0, readPinTries(memory) - 1);
  memory.put({ [TRIES]: Uint8Array.of(left) });
  return TRIES_LEFT + left;
}

export function forgetTries(memory: NvMemory, reference: number): void {
  if (reference === PIN) memory.remove(TRIES);
}

/** RESET RETRY COUNTER: the PUK gives the PIN its tries again, the PIN changes itself. */
export function resetRetryCounter({ memory, session }: EmrtdContext, command: EmrtdCommand) {
  const { p1, p2, data, isProtected } = command;
  const openedBy = session.channel?.passwordReference;
  if (p2 !== PIN) refuse(SW.incorrectP1P2);
  if (!isProtected || memory.value('password.PIN') === undefined) {
    refuse(SW.conditionsNotSatisfied);
  }
  if (p1 === RESET.alone) {
    if (openedBy !== PUK) refuse(SW.securityStatusNotSatisfied);
    if (data.length > 0) refuse(SW.wrongLength);
    const uses = memory.value(PUK_USES)?.[0] ?? 0;
    if (uses >= MAX_PUK_USES) refuse(SW.authenticationBlocked);
    memory.change({ put: { [PUK_USES]: Uint8Array.of(uses + 1) }, remove: [TRIES] });
    return NO_DATA;
  }
  if (p1 !== RESET.withNewPin) refuse(SW.incorrectP1P2);
  if (openedBy !== PIN) refuse(SW.securityStatusNotSatisfied);
  if (!NEW_PIN.test(Buffer.from(data).toString('latin1'))) refuse(SW.wrongData);
  memory.put({ 'password.PIN': data });
  return NO_DATA;
}

function readPinTries(memory: NvMemory): number {
  return memory.value(TRIES)?.[0] ?? ALL_TRIES;
}
