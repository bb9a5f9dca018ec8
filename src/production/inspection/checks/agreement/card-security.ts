import { resolveChain } from '../../certificate-chain';
import { type Check, fail, type Finding, passUnless } from '../../check';
import { valueOf } from '../../parsed';
import { describeSecurityInfo } from '../../security-info-words';
import type { Subject } from '../../subject';
import { text } from '../../texts/text';
import { missingInfos } from './card-access-in-dg14';
import type { CardSecurity } from '../../card-security';

const FILE = 'EF.CardSecurity';

/** The signed form of EF.CardAccess in the master file: signature, signer, and agreement. */
export const cardSecurityAgrees: Check = {
  id: 'TR5.1:LDS_J/card-security',
  group: 'agreement',
  title: 'title.card-security',
  clause: '[9303-11 §9.2.11, TR-03105-5.1 §LDS_J]',
  run: (subject) => {
    const security = valueOf(subject.contents[FILE]);
    if (security === undefined) return [];
    return passUnless(complaints(subject, security), {
      file: FILE,
      found: security.infos.map(describeSecurityInfo).join('; '),
    });
  },
};

function complaints({ contents, trust }: Subject, security: CardSecurity): Finding[] {
  const { fault, signer, infos } = security;
  const chain = resolveChain(signer, trust.cscas);
  const lost = missingInfos(valueOf(contents['EF.CardAccess']) ?? [], infos);
  return [
    ...(fault === undefined
      ? []
      : [fail(text('card-security.signature', { detail: fault }), { file: FILE })]),
    ...(chain.state === 'found' || chain.state === 'no-dsc'
      ? []
      : [fail(text('card-security.no-issuer'), { file: FILE })]),
    ...(lost.length === 0
      ? []
      : [
          fail(
            text('card-security.differs', { infos: lost.map(describeSecurityInfo).join('; ') }),
            { file: FILE },
          ),
        ]),
  ];
}
