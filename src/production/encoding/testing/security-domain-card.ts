import { SeededRandom } from '../../../simulation/seeded-random';
import type { DomainDelivery } from '../../../simulation/chip/gp/domain-delivery';
import type { KeySet } from '../../../simulation/chip/gp/key-sets';
import { VirtualCard } from '../../../simulation/chip/virtual-card';
import { VirtualReader } from '../../../simulation/chip/virtual-reader';
import { decodeHex } from '../../../standards/bytes/hex';
import { computeAesKcv, computeTripleDesKcv } from '../../../standards/gp/key-check-value';
import type { StaticKeys } from '../../../standards/gp/static-keys';
import type { CardKeyVault } from '../../document/custody/card-key-vault';
import type { CardChannel } from '../../ports';

export const SECURITY_DOMAIN = decodeHex('A000000151000000');

/** A virtual chip whose security domain is selected, and everything that is sent to it. */
export class SecurityDomainCard implements CardChannel {
  /** Instructions as they came, before anything was unwrapped. */
  readonly sent: number[] = [];
  /** Changes commands and answers on their way, as somebody in between would. */
  tamper: (answer: Uint8Array, ins: number) => Uint8Array = (answer) => answer;
  tamperCommand: (command: Uint8Array) => Uint8Array = (command) => command;

  private constructor(
    readonly card: VirtualCard,
    private readonly channel: CardChannel,
  ) {}

  static async deliver(delivery: DomainDelivery): Promise<SecurityDomainCard> {
    const random = new SeededRandom('card');
    return SecurityDomainCard.insert(new VirtualCard({ kind: 'gp-emrtd', random, delivery }));
  }

  static async insert(card: VirtualCard): Promise<SecurityDomainCard> {
    const reader = new VirtualReader('reader');
    reader.insert(card);
    const connection = await reader.connect({ timeoutMs: 0 });
    await connection.transmit(decodeHex('00A4040008A00000015100000000'));
    return new SecurityDomainCard(card, connection);
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const ins = command[1] ?? 0;
    this.sent.push(ins);
    return this.tamper(await this.channel.transmit(this.tamperCommand(command)), ins);
  }

  count(ins: number): number {
    return this.sent.filter((one) => one === ins).length;
  }
}

/** Three keys of so many bytes that nobody else has. */
export function makeKeys(seed: number, bytes: number): StaticKeys {
  const key = (part: number) => Uint8Array.from({ length: bytes }, (_, at) => seed + part * 9 + at);
  return { encryption: key(1), mac: key(2), dataEncryption: key(3) };
}

/** The keys of a card as master keys of an HSM, under the name of the set. */
export async function importKeySet(
  vault: CardKeyVault,
  name: string,
  { keys, cipher }: Pick<KeySet, 'keys' | 'cipher'>,
): Promise<void> {
  const parts = { enc: keys.encryption, mac: keys.mac, dek: keys.dataEncryption };
  for (const [part, key] of Object.entries(parts)) {
    const kcv = cipher === 'aes' ? computeAesKcv(key) : computeTripleDesKcv(key);
    const label = `${name}.${part}`;
    await vault.importSecretKey({ label, purpose: 'card-master', cipher, key, kcv });
  }
}
