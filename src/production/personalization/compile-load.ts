import { encodeCommand } from '../../standards/apdu/command';
import { equalBytes } from '../../standards/bytes/compare';
import { MalformedError } from '../../standards/bytes/malformed';
import { encodeHex } from '../../standards/bytes/hex';
import { digestBytes } from '../../standards/crypto/digest-algorithms';
import { buildLoad } from '../../standards/gp/content-commands';
import { buildInstallForLoad } from '../../standards/gp/install-commands';
import { parseLoadFileDataBlock } from '../../standards/gp/load-file';
import type { PersoPhase, PersoStep } from '../document/perso-script';
import { ProductionError } from '../errors';
import type { ChipLimits, LoadStep } from '../profile/chip';
import { readLoadFileDataBlock } from './read-cap-file';

const OK = [0x9000];

/**
 * INSTALL [for load] and LOAD of a package, in the largest blocks.
 *
 * @throws ProductionError `PROFILE_INVALID` when the package is not at hand, is another than the
 * profile names by its hash or by its AID, or is no CAP file.
 */
export function compileLoad(
  step: LoadStep,
  phase: PersoPhase,
  limits: ChipLimits,
): readonly PersoStep[] {
  const { verb, title, content, loadFile, cardChecks } = step;
  const place = `package ${step.package}`;
  if (content === undefined) {
    throw new ProductionError('PROFILE_INVALID', place, ['its file was not read']);
  }
  const found = digestBytes('sha256', content);
  if (!equalBytes(found, step.sha256)) {
    const reason = `its SHA-256 is ${encodeHex(found)}, the profile wants ${encodeHex(step.sha256)}`;
    throw new ProductionError('PROFILE_INVALID', place, [reason]);
  }
  const block = readLoadFileDataBlock(content, place);
  requirePackage(block, loadFile, place);
  const install = buildInstallForLoad({
    loadFileAid: loadFile,
    ...(cardChecks && { loadFileHash: digestBytes(cardChecks, block) }),
  });
  const loads = buildLoad(block, limits.commandDataBytes);
  const commands = [install, ...loads].map(encodeCommand);
  return [{ phase, verb, title, commands, expectedSw: OK, secret: false }];
}

function requirePackage(block: Uint8Array, loadFile: Uint8Array, place: string): void {
  let found: Uint8Array;
  try {
    found = parseLoadFileDataBlock(block).packageAid;
  } catch (cause) {
    if (!(cause instanceof MalformedError)) throw cause;
    throw new ProductionError('PROFILE_INVALID', place, ['it is no CAP file', cause.reason], {
      cause,
    });
  }
  if (equalBytes(found, loadFile)) return;
  const reason = `its AID is ${encodeHex(found)}, the profile wants ${encodeHex(loadFile)}`;
  throw new ProductionError('PROFILE_INVALID', place, [reason]);
}
