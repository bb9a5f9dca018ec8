import { encodeCommand } from '../../standards/apdu/command';
import { equalBytes } from '../../standards/bytes/compare';
import { encodeHex } from '../../standards/bytes/hex';
import { digestBytes } from '../../standards/crypto/digest-algorithms';
import { buildLoad } from '../../standards/gp/content-commands';
import { buildInstallForLoad } from '../../standards/gp/install-commands';
import type { PersoPhase, PersoStep } from '../document/perso-script';
import { ProductionError } from '../errors';
import type { ChipLimits, LoadStep } from '../profile/chip';
import { readLoadFileDataBlock } from './read-cap-file';

const OK = [0x9000];

/**
 * INSTALL [for load] and LOAD of a package, in the largest blocks.
 *
 * @throws ProductionError `PROFILE_INVALID` when the package is not at hand, is another than the
 * profile names by its hash, or is no CAP file.
 */
export function compileLoad(
  step: LoadStep,
  phase: PersoPhase,
  limits: ChipLimits,
): readonly PersoStep[] {
  const { verb, title, content, loadFile } = step;
  const place = `package ${step.package}`;
  if (content === undefined) {
    throw new ProductionError('PROFILE_INVALID', place, ['its file was not read']);
  }
  const found = digestBytes('sha256', content);
  if (!equalBytes(found, step.sha256)) {
    const reason = `its SHA-256 is ${encodeHex(found)}, the profile wants ${encodeHex(step.sha256)}`;
    throw new ProductionError('PROFILE_INVALID', place, [reason]);
  }
  const blocks = buildLoad(readLoadFileDataBlock(content, place), limits.commandDataBytes);
  const commands = [buildInstallForLoad({ loadFileAid: loadFile }), ...blocks].map(encodeCommand);
  return [{ phase, verb, title, commands, expectedSw: OK, secret: false }];
}
