import { AccessError } from '../../../standards/access/access-error';
import { PlainChannel } from '../../../standards/access/terminal/apdu-channel';
import { openByBac } from '../../../standards/access/terminal/open-by-bac';
import { selectEmrtdApplication } from '../../../standards/access/terminal/select';
import { chipIdentifierFromMrz } from '../../../standards/access/terminal-authentication/terminal-authentication';
import { SW } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import { ProductionError } from '../../errors';
import { choosePassword } from './access-secrets';
import { openUnprotected } from './open-unprotected';
import type { OpenChip, OpenChipRequest } from './opening';
import { runPace } from './run-pace';

/** More variants than a chip has reason to offer are not tried. */
const MAX_PACE_RUNS = 4;

/**
 * Runs PACE with the strongest variant that the chip accepts, and BAC where the policy leaves it
 * [9303-11 §4.2].
 *
 * @throws ProductionError `CARD_ACCESS_DENIED` when the chip does not accept the password or none
 * is given that it takes, `CARD_REFUSED` when it has no eMRTD application.
 */
export async function openChip(request: OpenChipRequest): Promise<OpenChip> {
  const { policy, discovery, access } = request;
  const password = choosePassword(access);
  const refusals: string[] = [];
  if (policy !== 'bac-only' && password !== undefined) {
    for (const offer of discovery.offers.slice(0, MAX_PACE_RUNS)) {
      const words = `PACE with ${password.kind}`;
      try {
        return await runPace(request, { offer, password, words });
      } catch (error) {
        if (isSuspended(error) && access.can !== undefined) {
          return await resume(request, { offer, password, can: access.can });
        }
        if (!isRefusal(error)) throw toAccessFailure(error, words);
        refusals.push(`${offer.protocol.algorithm.name}: ${error.message}`);
        await request.connection.reset();
      }
    }
  }
  if (policy === 'pace-only') throw noPace([...refusals, ...discovery.unusable]);
  return openWithBac(request, refusals);
}

/** The last try of a PIN, which the chip wants the CAN for. */
async function resume(
  request: OpenChipRequest,
  run: Pick<Parameters<typeof runPace>[1], 'offer' | 'password'> & { readonly can: string },
): Promise<OpenChip> {
  const words = `PACE with CAN, then ${run.password.kind}`;
  try {
    await request.connection.reset();
    return await runPace(request, { ...run, words });
  } catch (error) {
    throw toAccessFailure(error, words);
  }
}

/** BAC; the policy `any` takes a chip that knows neither BAC nor PACE as it is. */
async function openWithBac(
  request: OpenChipRequest,
  refusals: readonly string[],
): Promise<OpenChip> {
  const { channel, log, access, random, discovery } = request;
  const { mrz } = access;
  if (mrz === undefined) {
    const open = await openWithoutAccessControl(request);
    if (open !== undefined) return open;
    throw new ProductionError('CARD_ACCESS_DENIED', 'BAC', [
      'the chip is opened with its MRZ, which was not given',
      ...refusals,
      ...discovery.unusable,
    ]);
  }
  try {
    const opened = await log.run('BAC', async () => {
      await selectEmrtdApplication(new PlainChannel(channel));
      return openByBac(channel, mrz, random);
    });
    const paceOffered = discovery.offers.length > 0;
    return {
      channel: opened,
      access: {
        ...{ words: 'BAC', protocol: 'bac', paceOffered },
        ...(refusals.length > 0 && { paceRefusals: refusals }),
        ...(discovery.unusable.length > 0 && { paceUnusable: discovery.unusable }),
      },
      masterFiles: discovery.files,
      chipIdentifier: chipIdentifierFromMrz(mrz.documentNumber),
      authorityReferences: [],
    };
  } catch (error) {
    const open = knowsNoBac(error) ? await openWithoutAccessControl(request) : undefined;
    if (open !== undefined) return open;
    throw toAccessFailure(error, 'BAC');
  }
}

async function openWithoutAccessControl(request: OpenChipRequest): Promise<OpenChip | undefined> {
  if (request.policy !== 'any' || request.discovery.offers.length > 0) return undefined;
  return openUnprotected(request);
}

/** The instruction of GET CHALLENGE, or its class, is none that the chip has. */
function knowsNoBac(error: unknown): boolean {
  if (!(error instanceof AccessError)) return false;
  return error.sw === SW.instructionNotSupported || error.sw === SW.classNotSupported;
}

function isSuspended(error: unknown): boolean {
  return error instanceof AccessError && error.reason === 'suspended';
}

/** The chip refuses this variant, which says nothing of the next. */
function isRefusal(error: unknown): error is AccessError {
  return (
    error instanceof AccessError && (error.reason === 'unsupported' || error.reason === 'refused')
  );
}

function noPace(refusals: readonly string[]): ProductionError {
  const detail =
    refusals.length > 0
      ? refusals
      : ['the chip offers no PACE that is understood here, or no password for it was given'];
  return new ProductionError('CARD_ACCESS_DENIED', 'PACE', [...detail, 'BAC is not allowed']);
}

function toAccessFailure(error: unknown, place: string): unknown {
  if (error instanceof MalformedError) {
    return new ProductionError('CARD_REFUSED', place, [error.message], { cause: error });
  }
  if (!(error instanceof AccessError)) return error;
  const denied = ['wrong-secret', 'wrong-proof', 'suspended', 'blocked'].includes(error.reason);
  const code = denied ? 'CARD_ACCESS_DENIED' : 'CARD_REFUSED';
  return new ProductionError(code, place, [error.message], { cause: error });
}
