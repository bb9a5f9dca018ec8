import { readBasicConstraints } from '../../../../standards/pki/read-extensions';
import { type Check, fail, pass, warn } from '../../check';
import { attempt } from '../../parsed';
import { text } from '../../texts/text';

export const cscaConstraints: Check = {
  id: 'ICAO3:LDS_D/csca-constraints',
  group: 'certificates',
  title: 'title.csca-constraints',
  clause: '[9303-12 §7.1.1.3]',
  run: ({ chain }) => {
    if (chain.state !== 'found') return [];
    const { csca } = chain;
    const constraints = attempt(() => readBasicConstraints(csca));
    if (constraints.state !== 'good' || constraints.value === undefined) {
      return [fail(text('constraints.absent'))];
    }
    const { isCa, pathLength } = constraints.value;
    const evidence = {
      expected: 'cA true, pathLen 0',
      found: `cA ${isCa}${pathLength === undefined ? '' : `, pathLen ${pathLength}`}`,
    };
    if (!isCa) return [fail(text('constraints.no-ca'), evidence)];
    return [pathLength === 0 ? pass(evidence) : warn(text('constraints.path-length'), evidence)];
  },
};
