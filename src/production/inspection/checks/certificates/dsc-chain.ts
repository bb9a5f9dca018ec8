import { formatName } from '../../../../standards/pki/distinguished-name';
import { type Check, fail, type Finding, note, notChecked, pass, warn } from '../../check';
import type { Subject } from '../../subject';
import { text } from '../../texts/text';

export const dscChain: Check = {
  id: 'ICAO3:LDS_D/dsc-chain',
  group: 'certificates',
  title: 'title.dsc-chain',
  clause: '[9303-11 §5.1]',
  run: (subject) => [
    ...subject.trust.unreadable.map((detail) => warn(text('chain.csca-unreadable', { detail }))),
    ...subject.trust.strangers.map((signer) => note(text('chain.stranger', { signer }))),
    chainFinding(subject),
  ],
};

function chainFinding({ chain, dsc }: Subject): Finding {
  const issuer = dsc.state === 'good' ? { expected: formatName(dsc.value.issuer) } : {};
  switch (chain.state) {
    case 'no-dsc':
      return notChecked(text('chain.no-dsc'));
    case 'no-trust':
      return fail(text('chain.no-trust'), issuer);
    case 'no-issuer':
      return fail(text('chain.no-issuer'), issuer);
    case 'other-key':
      return fail(text('chain.other-key'), {
        ...issuer,
        found: formatName(chain.named.subject),
      });
    case 'altered':
      return fail(text('chain.altered'), issuer);
    case 'found': {
      // A root and its link certificates hold the same key: every chain that was found is named.
      const found = chain.issuers.map(({ subject }) => formatName(subject)).join(' | ');
      return chain.nameMatches
        ? pass({ found })
        : note(text('chain.name-differs'), { ...issuer, found });
    }
  }
}
