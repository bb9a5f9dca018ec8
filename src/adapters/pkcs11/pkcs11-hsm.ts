import { randomBytes } from 'node:crypto';
import type { Handle } from 'pkcs11js';
import { KEY_KINDS } from '../../production/document/key-kinds';
import { servesUse } from '../../production/document/key-uses';
import { ProductionError } from '../../production/errors';
import type { CardKeyVault } from '../../production/document/custody/card-key-vault';
import type {
  CardKeyHsm,
  ChipKeyMaker,
  Hsm,
  HsmPublicKey,
  KeyPurpose,
  KeyUse,
} from '../../production/ports';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { createCardKeyVault } from './card-key-vault';
import { createCardKeys } from './card-keys';
import {
  findAllHandles,
  findKeyHandles,
  findTokenKey,
  keyPairTemplates,
  secretKeyTemplate,
  type TokenKey,
} from './key-objects';
import { gcmMechanism, type SigningMethod, signingMethod } from './mechanisms';
import type { ObjectView } from './object-view';
import {
  isForeignData,
  isLostHandle,
  isLostSession,
  isRemoved,
  toProductionError,
} from './pkcs11-errors';
import { openPkcs11Module, type Pkcs11Module } from './pkcs11-module';
import { SessionPool } from './session-pool';
import { NothingSigned, SigningPool } from './signing-pool';
import { type SigningThread, startSigningThread } from './signing-thread';
import type { TokenAccess } from './token-access';
import { createTokenChipKeys } from './token-chip-keys';
import { findTokenSlot, isTokenThere, openLoggedInSession } from './token-login';

export interface Pkcs11HsmOptions {
  /** Path of the shared object of the HSM's maker. */
  readonly modulePath: string;
  readonly tokenLabel: string;
  readonly pin: string;
  /** Signatures at the same time, and as many other operations; 4 by default. */
  readonly sessions?: number;
  /** After this an operation is given up; 30 seconds by default. */
  readonly timeoutMs?: number;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEAL_VERSION = 1;
const LABEL = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * A token behind PKCS #11: keys are made in it, are sensitive and not extractable, and say in
 * their CKA_ID what they are for.
 *
 * @throws ProductionError `HSM_PIN_WRONG`, `HSM_LOCKED`, `HSM_FAILED`.
 */
export async function openPkcs11Hsm(
  options: Pkcs11HsmOptions,
): Promise<Hsm & CardKeyHsm & CardKeyVault & ChipKeyMaker> {
  const pkcs11 = await openPkcs11Module(options.modulePath);
  try {
    const { modulePath, pin } = options;
    let slot = findTokenSlot(pkcs11, options.tokenLabel);
    const open = (): Handle => {
      try {
        return openLoggedInSession({ pkcs11, modulePath, slot, pin });
      } catch (error) {
        if (!(error instanceof ProductionError) || error.code !== 'HSM_REMOVED') throw error;
        // A token that was taken out may come back in another slot.
        slot = findTokenSlot(pkcs11, options.tokenLabel, 'HSM_REMOVED');
        return openLoggedInSession({ pkcs11, modulePath, slot, pin });
      }
    };
    const limits = { size: options.sessions ?? 4, timeoutMs: options.timeoutMs ?? 30_000 };
    const close = (session: Handle): void => closeSession(pkcs11, session);
    const pool = new SessionPool({ open, close }, limits);
    const openThread = (): SigningThread => startSigningThread(modulePath, slot);
    // The first session is opened now, so that a wrong PIN is told to who gave it.
    await pool.use(() => Promise.resolve());
    const hsm = new Pkcs11Hsm(pkcs11, pool, {
      signing: new SigningPool(openThread, limits),
      isThere: () => isTokenThere(pkcs11, slot, options.tokenLabel),
    });
    const access = hsm.access();
    return Object.assign(
      hsm,
      createCardKeys(access),
      createCardKeyVault(access),
      createTokenChipKeys(access),
    );
  } catch (error) {
    pkcs11.release();
    throw error;
  }
}

class Pkcs11Hsm implements Hsm {
  private readonly known = new Map<string, TokenKey>();
  private readonly methods = new Map<string, SigningMethod>();
  private closed = false;
  /** Counts how often the sessions were lost. */
  private generation = 0;

  constructor(
    private readonly pkcs11: Pkcs11Module,
    private readonly pool: SessionPool,
    private readonly parts: {
      readonly signing: SigningPool;
      /** Whether the token is there still. */
      readonly isThere: () => boolean;
    },
  ) {}

  /** For the parts of this HSM that stand in files of their own. */
  access(): TokenAccess {
    return {
      pkcs11: this.pkcs11,
      perform: (place, work) => this.perform(place, work),
      lookUp: (session, label) => this.lookUp(session, label),
      forget: (label) => void this.known.delete(label),
    };
  }

  generateKeyPair(request: Parameters<Hsm['generateKeyPair']>[0]): Promise<HsmPublicKey> {
    const { binding, functions } = this.pkcs11;
    return this.generate(request, 'pair', (session) => {
      const templates = keyPairTemplates(binding, request);
      return functions
        .C_GenerateKeyPairAsync(
          session,
          { mechanism: templates.mechanism },
          templates.publicKey,
          templates.privateKey,
        )
        .then(({ publicKey, privateKey }) => [publicKey, privateKey]);
    });
  }

  generateSecretKey(request: Parameters<Hsm['generateSecretKey']>[0]): Promise<HsmPublicKey> {
    const { binding, functions } = this.pkcs11;
    return this.generate(request, 'secret', async (session) => [
      await functions.C_GenerateKeyAsync(
        session,
        { mechanism: binding.CKM_AES_KEY_GEN },
        secretKeyTemplate(binding, request),
      ),
    ]);
  }

  findKey(label: string): Promise<HsmPublicKey | undefined> {
    return this.perform(`key ${label}`, (session) => {
      const key = this.lookUp(session, label);
      return Promise.resolve(key && publicPart(key));
    });
  }

  async sign(request: Parameters<Hsm['sign']>[0]): Promise<Uint8Array> {
    const { generation } = this;
    try {
      try {
        return await this.signOnce(request);
      } catch (error) {
        if (!(error instanceof NothingSigned)) throw error;
        this.forgetSessions(generation);
        return await this.signOnce(request);
      }
    } catch (error) {
      throw this.explain(error, `key ${request.label}`);
    }
  }

  private async signOnce(request: Parameters<Hsm['sign']>[0]): Promise<Uint8Array> {
    const { label, purpose, algorithm, message } = request;
    requireOpen(this.closed, label);
    const key =
      this.known.get(label) ??
      (await this.perform(`key ${label}`, (session) =>
        Promise.resolve(this.lookUp(session, label)),
      ));
    checkUse(key, label, purpose);
    refuse(key.algorithm !== algorithm, label, 'the key has another algorithm');
    const { mechanism, prepare, maxSignatureBytes, encode } = this.methodOf(algorithm);
    const job = { mechanism, key: key.handle, input: prepare(message), maxSignatureBytes };
    return encode(await this.parts.signing.sign(job));
  }

  private methodOf(algorithm: string): SigningMethod {
    const known = this.methods.get(algorithm);
    if (known !== undefined) return known;
    const { signature } = parseSignatureAlgorithmName(algorithm);
    const method = signingMethod(this.pkcs11.binding, signature);
    this.methods.set(algorithm, method);
    return method;
  }

  seal(label: string, plaintext: Uint8Array, context: string): Promise<Uint8Array> {
    const { binding, functions } = this.pkcs11;
    return this.perform(`key ${label}`, async (session) => {
      const key = this.require(session, label, 'storage-wrap');
      const nonce = randomBytes(NONCE_BYTES);
      const mechanism = gcmMechanism(binding, nonce, `${label}\0${context}`);
      this.begin(label, () => functions.C_EncryptInit(session, mechanism, key.handle));
      const output = Buffer.alloc(plaintext.length + TAG_BYTES);
      const sealed = await functions.C_EncryptAsync(session, Buffer.from(plaintext), output);
      return new Uint8Array(Buffer.concat([Uint8Array.of(SEAL_VERSION), nonce, sealed]));
    });
  }

  open(label: string, sealed: Uint8Array, context: string): Promise<Uint8Array> {
    const { binding, functions } = this.pkcs11;
    return this.perform(`key ${label}`, async (session) => {
      const key = this.require(session, label, 'storage-wrap');
      const isShort = sealed.length < 1 + NONCE_BYTES + TAG_BYTES;
      if (isShort || sealed[0] !== SEAL_VERSION) throw notSealedHere();
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
      const mechanism = gcmMechanism(binding, nonce, `${label}\0${context}`);
      this.begin(label, () => functions.C_DecryptInit(session, mechanism, key.handle));
      try {
        const input = Buffer.from(sealed.subarray(1 + NONCE_BYTES));
        const output = Buffer.alloc(sealed.length);
        return new Uint8Array(await functions.C_DecryptAsync(session, input, output));
      } catch (error) {
        throw isForeignData(error) ? notSealedHere() : error;
      }
    });
  }

  destroyKey({ label, purpose }: Parameters<Hsm['destroyKey']>[0]): Promise<void> {
    return this.perform(`key ${label}`, (session) => {
      // The token itself is asked: what was known of the key may be of before.
      this.known.delete(label);
      const key = this.lookUp(session, label);
      if (key === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
      refuse(key.purpose !== purpose, label, `it is a ${key.purpose} key, not ${purpose}`);
      this.known.delete(label);
      for (const handle of findAllHandles(this.view(session), label)) {
        this.pkcs11.functions.C_DestroyObject(session, handle);
      }
      return Promise.resolve();
    });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.known.clear();
    const isEnded = [await this.parts.signing.close(), await this.pool.close()];
    // A library that still works at something is not pulled away below it.
    if (isEnded.every(Boolean)) this.pkcs11.release();
  }

  /** Makes a key unless its label is taken; of two made at once under one label none stays. */
  private async generate(
    request: { readonly label: string; readonly purpose: KeyPurpose },
    kind: 'pair' | 'secret',
    make: (session: Handle) => Promise<readonly Handle[]>,
  ): Promise<HsmPublicKey> {
    const { label, purpose } = request;
    refuse(KEY_KINDS[purpose] !== kind, label, `a ${kind} key is not for ${purpose}`);
    refuse(!LABEL.test(label), 'label', 'a label is 1 to 64 letters, digits, dots, hyphens');
    return this.perform(`key ${label}`, async (session) => {
      refuse(this.lookUp(session, label) !== undefined, label, 'it exists already');
      const made = await this.once(make(session));
      if (findKeyHandles(this.view(session), label).length > 1) {
        for (const handle of made) this.pkcs11.functions.C_DestroyObject(session, handle);
        refuse(true, label, 'another process made it at the same moment');
      }
      const key = this.lookUp(session, label);
      if (key === undefined) {
        throw new ProductionError('HSM_FAILED', `key ${label}`, ['it is not there after all']);
      }
      return publicPart(key);
    });
  }

  private require(session: Handle, label: string, purpose: KeyPurpose): TokenKey {
    const key = this.lookUp(session, label);
    checkUse(key, label, purpose);
    return key;
  }

  private lookUp(session: Handle, label: string): TokenKey | undefined {
    const key = this.known.get(label) ?? findTokenKey(this.view(session), label);
    if (key !== undefined) this.known.set(label, key);
    // Somebody may have taken away the token with all of its keys.
    else if (!this.parts.isThere()) throw new ProductionError('HSM_REMOVED', `key ${label}`);
    return key;
  }

  private view(session: Handle): ObjectView {
    const { binding, functions } = this.pkcs11;
    return { binding, functions, session };
  }

  /** Begins an operation; a handle that the token no longer knows is forgotten. */
  private begin(label: string, start: () => void): void {
    try {
      start();
    } catch (error) {
      if (isLostHandle(error)) this.known.delete(label);
      throw error;
    }
  }

  /** What the token has begun is never asked for twice: it may have been done and counted. */
  private async once<Result>(answer: Promise<Result>): Promise<Result> {
    try {
      return await answer;
    } catch (error) {
      throw toProductionError(error, 'answer of the token');
    }
  }

  /** One operation in a session; once more in another where the first was lost before it began. */
  private async perform<Result>(
    place: string,
    work: (session: Handle) => Promise<Result>,
  ): Promise<Result> {
    requireOpen(this.closed, place);
    const { generation } = this;
    try {
      return await this.pool.use(work).catch((error: unknown) => {
        if (!isLostSession(error) && !isLostHandle(error) && !isRemoved(error)) throw error;
        this.forgetSessions(generation);
        return this.pool.use(work);
      });
    } catch (error) {
      throw this.explain(error, place);
    }
  }

  /** What failed for no reason of its own may have failed because the token is gone. */
  private explain(error: unknown, place: string): ProductionError {
    const told = toProductionError(error, place);
    if (told.code !== 'HSM_FAILED' || this.closed || this.parts.isThere()) return told;
    return new ProductionError('HSM_REMOVED', place, told.reasons, { cause: error });
  }

  /**
   * With the last session the login ends, and with it what the handles of keys meant. Of many
   * operations that lost their sessions together the first forgets them; the others go on with the
   * new ones.
   */
  private forgetSessions(generation: number): void {
    if (generation !== this.generation) return;
    this.generation++;
    this.pool.dropIdle();
    this.parts.signing.dropThreads();
    this.known.clear();
  }
}

function requireOpen(closed: boolean, place: string): void {
  if (closed) throw new ProductionError('HSM_FAILED', place, ['the HSM is closed']);
}

function checkUse(key: TokenKey | undefined, label: string, use: KeyUse): asserts key is TokenKey {
  if (key === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
  refuse(!servesUse(key.purpose, use), label, `it is a ${key.purpose} key, not ${use}`);
}

function publicPart({ label, purpose, publicKey }: TokenKey): HsmPublicKey {
  return { label, purpose, ...(publicKey && { publicKey }) };
}

function notSealedHere(): ProductionError {
  const reason = 'it does not open with this key and context';
  return new ProductionError('INPUT_MALFORMED', 'sealed data', [reason]);
}

function refuse(wrong: boolean, label: string, reason: string): void {
  if (wrong) throw new ProductionError('HSM_WRONG_USE', `key ${label}`, [reason]);
}

function closeSession({ functions }: Pkcs11Module, session: Handle): void {
  try {
    functions.C_CloseSession(session);
  } catch {
    // A session that is already gone needs no closing.
  }
}
