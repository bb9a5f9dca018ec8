import type { ApprovedRecord, RecordWithPictures } from '../../production/document/approved-record';
import { drawSignature, type SignatureSubject } from './draw-signature';
import { drawPortrait, type PortraitSubject } from './portrait/draw-portrait';

/** Somebody who does not exist, as the register would hand them over. */
export interface InventedPerson {
  readonly record: ApprovedRecord;
  readonly portrait: PortraitSubject;
  readonly signature?: SignatureSubject;
}

export interface InventionOrder {
  readonly count: number;
  /** The same seed and day invent the same people. */
  readonly seed: number;
  readonly today: Date;
}

/** The record with its pictures drawn, by the paths that the record names. */
export async function drawPictures(person: InventedPerson): Promise<RecordWithPictures> {
  const { record, portrait, signature } = person;
  const pictures = new Map([[record.portrait, await drawPortrait(portrait)]]);
  if (record.signature !== undefined && signature !== undefined) {
    pictures.set(record.signature, await drawSignature(signature));
  }
  return { record, pictures };
}
