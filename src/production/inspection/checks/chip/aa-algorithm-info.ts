import { findActiveAuthenticationDigest } from '../../../../standards/access/active-authentication/verify-active-authentication';
import { PLAIN_ECDSA_OIDS } from '../../../../standards/lds/security-infos';
import { parsePublicKeyInfo } from '../../../../standards/pki/subject-public-key-info';
import { type Check, fail, pass, warn } from '../../check';
import { attempt, valueOf } from '../../parsed';
import { text } from '../../texts/text';

const ALLOWED: ReadonlySet<string> = new Set(Object.values(PLAIN_ECDSA_OIDS));

/** An ECDSA key for Active Authentication needs its digest named in EF.DG14. */
export const aaAlgorithmInfo: Check = {
  id: '9303-11:AA/algorithm-info',
  group: 'chip',
  title: 'title.aa-info',
  clause: '[9303-11 §9.2.4]',
  run: ({ contents }) => {
    const spki = valueOf(contents['EF.DG15']);
    if (spki === undefined) return [];
    const key = attempt(() => parsePublicKeyInfo(spki, 'EF.DG15'));
    const file = 'EF.DG15';
    if (key.state !== 'good') {
      const detail = key.state === 'malformed' ? key.detail : '';
      return [fail(text('aa.key-unusable', { detail }), { file })];
    }
    if (key.value.type !== 'ec') return [];
    const info = (valueOf(contents['EF.DG14']) ?? []).find(
      (candidate) => candidate.kind === 'active-authentication',
    );
    if (info === undefined) return [fail(text('aa-info.missing'), { file: 'EF.DG14' })];
    const found = { file: 'EF.DG14', found: info.signatureAlgorithm } as const;
    if (ALLOWED.has(info.signatureAlgorithm)) return [pass(found)];
    const known = findActiveAuthenticationDigest([info]) !== undefined;
    return [
      known ? warn(text('aa-info.not-allowed'), found) : fail(text('aa-info.unknown'), found),
    ];
  },
};
