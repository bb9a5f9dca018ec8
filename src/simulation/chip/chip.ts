import { type CommandApdu, parseCommand } from '../../standards/apdu/command';
import { encodeResponse, type ResponseApdu } from '../../standards/apdu/response';
import { SW } from '../../standards/apdu/status-words';
import { equalBytes } from '../../standards/bytes/compare';
import { decodeHex } from '../../standards/bytes/hex';
import { MalformedError } from '../../standards/bytes/malformed';
import type { Application } from './application';
import type { ChipIdentity } from './chip-identity';
import { PowerLoss } from './power-loss';

const INS_SELECT = 0xa4;
const P1_BY_NAME = 0x04;
const SM_CLASS_BITS = 0x0c;
/** Pseudo command of PC/SC readers: the identifier of the contactless chip in the field. */
const GET_UID = decodeHex('FFCA000000');

/**
 * The runtime of a chip: one application is selected, the first of them at power-on, and every
 * command goes to it, except a selection by name.
 */
export class Chip {
  #selected: Application;

  constructor(
    readonly identity: ChipIdentity,
    /** The first is the issuer's, which a selection without a name means [GPC-C §11.9]. */
    private readonly applications: readonly [Application, ...Application[]],
    /** Selected whenever the chip gets power. */
    private readonly atPowerOn: Application = applications[0],
  ) {
    this.#selected = this.#afterReset();
  }

  reset(): void {
    for (const application of this.applications) application.reset();
    this.#selected = this.#afterReset();
  }

  /**
   * Answers any bytes; what no handler foresaw is 6F00, as on a real chip.
   *
   * @throws PowerLoss when the power fails while memory is programmed.
   */
  process(bytes: Uint8Array): Uint8Array {
    try {
      return encodeResponse(this.#dispatch(bytes));
    } catch (error) {
      if (error instanceof PowerLoss) throw error;
      return encodeResponse(status(SW.unknownError));
    }
  }

  #dispatch(bytes: Uint8Array): ResponseApdu {
    if (equalBytes(bytes, GET_UID)) return { data: decodeHex(this.identity.uidHex), sw: SW.ok };
    const command = parse(bytes);
    if (command === undefined) return status(SW.wrongLength);
    const isExtended = bytes.length > 5 && bytes[4] === 0;
    if (isSelectByName(command)) return this.#select(command, isExtended);
    if (isExtended && !this.#selected.extendedLength) return status(SW.wrongLength);
    return this.#selected.process(command);
  }

  #afterReset(): Application {
    return this.atPowerOn.isSelectable?.() === false ? this.applications[0] : this.atPowerOn;
  }

  #select({ data = new Uint8Array() }: CommandApdu, isExtended: boolean): ResponseApdu {
    if (this.#selected.holdsSession()) return status(SW.securityStatusNotSatisfied);
    const found =
      data.length === 0
        ? this.applications[0]
        : this.applications.find((application) => equalBytes(application.aid, data));
    if (found === undefined || found.isSelectable?.() === false) return status(SW.fileNotFound);
    if (isExtended && !found.extendedLength) return status(SW.wrongLength);
    if (found !== this.#selected) this.#selected.deselect();
    this.#selected = found;
    return found.select();
  }
}

function parse(bytes: Uint8Array): CommandApdu | undefined {
  try {
    return parseCommand(bytes);
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}

function isSelectByName({ cla, ins, p1 }: CommandApdu): boolean {
  return ins === INS_SELECT && p1 === P1_BY_NAME && (cla & SM_CLASS_BITS) === 0;
}

function status(sw: number): ResponseApdu {
  return { data: new Uint8Array(), sw };
}
