/**
 * Seals holder data before it enters the database: authenticated encryption under a key that the
 * database never sees. The context is bound in, so that sealed bytes moved to another row do not
 * open. Wired from `Hsm.seal` and `Hsm.open`.
 */
export interface Sealer {
  seal(plaintext: Uint8Array, context: string): Promise<Uint8Array>;
  open(sealed: Uint8Array, context: string): Promise<Uint8Array>;
}
