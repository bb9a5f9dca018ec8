import type { TemplateValueName } from './template-values';

/** A command of a chip profile with places for values; its notation is in card-profiles/README.md. */
export interface CommandTemplate {
  /** CLA INS P1 P2: four bytes once filled. */
  readonly header: readonly TemplateNode[];
  /** What stands in parentheses; undefined for a command without data. */
  readonly data?: readonly TemplateNode[];
  /** Response bytes asked for, 1 to 256. */
  readonly le?: number;
}

export type TemplateNode =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'value';
      readonly name: TemplateValueName;
      /** For numbers: in how many bytes they are written. */
      readonly lengthBytes?: number;
    }
  | {
      /** The length of the content and then the content. */
      readonly kind: 'length';
      /** BER in `[ ]`; in `< >` one byte, or FF and two, as data groupings have it. */
      readonly style: 'ber' | 'dgi';
      readonly content: readonly TemplateNode[];
    };
