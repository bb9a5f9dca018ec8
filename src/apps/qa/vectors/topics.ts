import type { Topic } from './topic';
import { ACTIVE_AUTHENTICATION } from './topics/active-authentication';
import { AES_CMAC } from './topics/aes-cmac';
import { BAC } from './topics/bac';
import { CHIP_AUTHENTICATION } from './topics/chip-authentication';
import { KDF } from './topics/kdf';
import { LDS } from './topics/lds';
import { MRZ } from './topics/mrz';
import { PACE } from './topics/pace';
import { SECURE_CHANNEL } from './topics/secure-channel';
import { SECURE_MESSAGING } from './topics/secure-messaging';
import { EF_SOD } from './topics/sod';
import { TERMINAL_AUTHENTICATION } from './topics/terminal-authentication';

/** Every topic that the runner knows, as the files name it. */
export const TOPICS: readonly Topic[] = [
  MRZ,
  KDF,
  AES_CMAC,
  BAC,
  SECURE_MESSAGING,
  PACE,
  ACTIVE_AUTHENTICATION,
  CHIP_AUTHENTICATION,
  TERMINAL_AUTHENTICATION,
  SECURE_CHANNEL,
  LDS,
  EF_SOD,
];

/** Other names under which files have a topic. */
const OTHER_NAMES: Readonly<Record<string, Topic>> = {
  cmac: AES_CMAC,
  sm: SECURE_MESSAGING,
  aa: ACTIVE_AUTHENTICATION,
  ca: CHIP_AUTHENTICATION,
  ta: TERMINAL_AUTHENTICATION,
  eac: TERMINAL_AUTHENTICATION,
  scp: SECURE_CHANNEL,
  scp03: SECURE_CHANNEL,
  scp02: SECURE_CHANNEL,
  diversification: SECURE_CHANNEL,
  globalplatform: SECURE_CHANNEL,
  sod: EF_SOD,
  keyderivation: KDF,
};

/** The topic of this name, in any case and with any separators. */
export function findTopic(name: string): Topic | undefined {
  const plain = shorten(name);
  return TOPICS.find((topic) => shorten(topic.name) === plain) ?? OTHER_NAMES[plain];
}

function shorten(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
