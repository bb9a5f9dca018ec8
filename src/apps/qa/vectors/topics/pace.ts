import { parseDynamicData } from '../../../../standards/access/general-authenticate';
import { chipAuthenticationIv } from '../../../../standards/access/pace/chip-authentication-mapping';
import { mapGeneric, mapIntegrated } from '../../../../standards/access/pace/pace-mapping';
import {
  derivePseudoRandom,
  derivePseudoRandomFieldElement,
  encryptPaceNonce,
} from '../../../../standards/access/pace/pace-nonce';
import { PACE_TAG } from '../../../../standards/access/pace/pace-objects';
import type { PaceProtocol } from '../../../../standards/access/pace/pace-protocol';
import { encodeTokenInput } from '../../../../standards/access/pace/pace-token';
import { incrementCounter } from '../../../../standards/access/secure-messaging/send-sequence-counter';
import { concatBytes } from '../../../../standards/bytes/concat';
import { encodeHex } from '../../../../standards/bytes/hex';
import { encodeUint } from '../../../../standards/bytes/integer';
import { agreeOnElement, derivePublicKey } from '../../../../standards/crypto/agreement-group';
import { padIso } from '../../../../standards/crypto/iso-padding';
import { SESSION_CIPHERS } from '../../../../standards/crypto/session-cipher';
import { Inputs } from '../inputs';
import { callCipher } from '../named-algorithms';
import { callGroup } from '../named-groups';
import { NotComputable } from '../not-computable';
import { type Figure, type Figures, hexFigure, once, type Topic } from '../topic';
import { requireTlv } from '../../../../standards/tlv/tlv';
import { pacePasswordKey, paceProtocolOf, type PaceRun, paceSecretOf, runPace } from './pace-run';

/** All mappings, groups, ciphers and passwords, run between both sides. */
export const PACE: Topic = {
  name: 'PACE',
  figures: (entry) => {
    const inputs = Inputs.of(entry);
    const protocol = once(() => paceProtocolOf(inputs));
    const run = once(() => runPace(entry, 'right'));
    return {
      ...passwordFigures(inputs, protocol),
      ...mappingFigures(inputs, protocol),
      ...agreementFigures(inputs, protocol, run),
      ...chipAuthenticationFigures(run),
      ...messageFigures(run),
      apdus: (expected) => matchSteps(expected, run().apdus),
    };
  },
  accept: (entry) => void runPace(entry, 'received'),
};

function passwordFigures(inputs: Inputs, protocol: () => PaceProtocol): Figures {
  const secret = hexFigure(() => {
    const found = paceSecretOf(inputs);
    if (found === undefined) throw new NotComputable('the inputs have no password');
    return found;
  });
  return {
    K: secret,
    K_encoded: secret,
    K_pi: hexFigure(() => pacePasswordKey(inputs, protocol())),
    cipher: (expected) => callCipher(protocol().algorithm.cipher, expected),
    curve: (expected) => callGroup(protocol().group, expected),
    encrypted_nonce_z: hexFigure(() =>
      encryptPaceNonce(protocol(), pacePasswordKey(inputs, protocol()), inputs.hex('nonce_s')),
    ),
  };
}

function mappingFigures(inputs: Inputs, protocol: () => PaceProtocol): Figures {
  const group = () => protocol().group;
  const nonces = () => [inputs.hex('nonce_s'), inputs.hex('nonce_t')] as const;
  const shared = () => {
    const chipKey = derivePublicKey(group(), inputs.hex('chip_map_priv'));
    return agreeOnElement(group(), inputs.hex('terminal_map_priv'), chipKey);
  };
  const generator = () =>
    protocol().algorithm.mapping === 'IM'
      ? mapIntegrated(protocol(), ...nonces())
      : mapGeneric(group(), inputs.hex('nonce_s'), shared());
  return {
    terminal_map_pub: hexFigure(() => derivePublicKey(group(), inputs.hex('terminal_map_priv'))),
    chip_map_pub: hexFigure(() => derivePublicKey(group(), inputs.hex('chip_map_priv'))),
    shared_H: hexFigure(shared),
    R_st: hexFigure(() => derivePseudoRandom(protocol(), ...nonces())),
    Rp_st: hexFigure(() =>
      encodeUint(derivePseudoRandomFieldElement(protocol(), ...nonces()), group().fieldBytes),
    ),
    mapped_generator: hexFigure(generator),
  };
}

function agreementFigures(
  inputs: Inputs,
  protocol: () => PaceProtocol,
  run: () => PaceRun,
): Figures {
  const sent = (exchange: number, tag: number): Uint8Array =>
    requireTlv(parseDynamicData(run().data[exchange] ?? new Uint8Array(), 'PACE'), tag, 'PACE');
  const terminalKey = () => sent(4, PACE_TAG.terminalPublicKey);
  const chipKey = () => sent(5, PACE_TAG.chipPublicKey);
  const secret = hexFigure(() => {
    const { group } = protocol();
    return group.sharedSecret(agreeOnElement(group, inputs.hex('terminal_ka_priv'), chipKey()));
  });
  const tokenInput = (key: () => Uint8Array): Figure =>
    hexFigure(() => encodeTokenInput(protocol().algorithm.oid, protocol().group, key()));
  return {
    terminal_ka_pub: hexFigure(terminalKey),
    chip_ka_pub: hexFigure(chipKey),
    shared_secret: secret,
    shared_secret_x: secret,
    ks_enc: hexFigure(() => run().result.session.encryptionKey),
    ks_mac: hexFigure(() => run().result.session.macKey),
    token_input_ifd: tokenInput(chipKey),
    token_input_ic: tokenInput(terminalKey),
    T_IFD: hexFigure(() => sent(6, PACE_TAG.terminalToken)),
    T_IC: hexFigure(() => sent(7, PACE_TAG.chipToken)),
  };
}

function chipAuthenticationFigures(run: () => PaceRun): Figures {
  return {
    iv_for_ca_data: hexFigure(() => chipAuthenticationIv(run().result.session)),
    chip_authentication_data: hexFigure(() => {
      const proof = run().result.chipAuthentication;
      if (proof === undefined) throw new NotComputable('this mapping proves no static key');
      return proof.data;
    }),
    encrypted_chip_authentication_data: hexFigure(() => {
      const objects = parseDynamicData(run().data[7] ?? new Uint8Array(), 'PACE');
      return requireTlv(objects, PACE_TAG.encryptedChipAuthenticationData, 'PACE');
    }),
  };
}

/** Two figures of secure messaging after PACE: a first cryptogram, and the MAC of the answer. */
function messageFigures(run: () => PaceRun): Figures {
  const session = () => run().result.session;
  const cipher = () => SESSION_CIPHERS[session().cipher];
  const counter = (count: number): Uint8Array => {
    let value = session().sendSequenceCounter;
    for (let step = 0; step < count; step++) value = incrementCounter(value);
    return value;
  };
  return {
    sm_encrypt_ssc1: (expected) => {
      const plain = new Inputs(expected as Readonly<Record<string, unknown>>).hex('plain');
      const { encrypt, deriveIv, blockBytes } = cipher();
      const { encryptionKey } = session();
      const iv = deriveIv(encryptionKey, counter(1));
      return {
        plain: encodeHex(plain),
        cipher: encodeHex(encrypt(encryptionKey, iv, padIso(plain, blockBytes))),
      };
    },
    sm_mac_ssc2: (expected) => {
      const data = new Inputs(expected as Readonly<Record<string, unknown>>).hex('data');
      const mac = cipher().computeMessageMac(session().macKey, concatBytes(counter(2), data));
      return { data: encodeHex(data), mac: encodeHex(mac) };
    },
  };
}

/** The steps that the entry lists, in its words; a file may leave MSE:Set AT away. */
function matchSteps(expected: unknown, apdus: PaceRun['apdus']): unknown {
  if (!Array.isArray(expected)) return apdus;
  const start = Math.max(0, apdus.length - expected.length);
  return expected.map((step: unknown, index) => {
    const apdu = apdus[start + index];
    const words = (step as { readonly step?: unknown } | null)?.step;
    return apdu === undefined
      ? undefined
      : { ...apdu, ...(words === undefined ? {} : { step: words }) };
  });
}
