import type { DocumentId } from './line-store';

/** Where a card is on its way; the words of docs/flow.md. */
export const LINE_STAGES = [
  'preparing',
  'probing',
  'writing',
  'verifying',
  'locking',
  'verifying-locked',
  'released',
  'refused',
  'spoiled',
] as const;

export type LineStage = (typeof LINE_STAGES)[number];

/** Told to whoever watches the line; carries nothing about the holder. */
export interface LineProgress {
  readonly documentId: DocumentId;
  readonly stage: LineStage;
  /** Serial of the chip, from the moment when it is known. */
  readonly chipSerial?: string;
  /** Commands or files done, in stages that talk to the chip. */
  readonly parts?: { readonly done: number; readonly total: number };
}
