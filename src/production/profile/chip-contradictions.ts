import type { ChipProfile, ScriptStep, StepCondition } from './chip';
import type { TemplateNode } from './command-template';
import { checkName, type PlacedComplaint } from './product-contradictions';
import type { TemplateValueName } from './template-values';

type Rule = (chip: ChipProfile) => readonly PlacedComplaint[];

/** What may follow the place where the chip is read back: only what ends its life as a blank. */
const FINAL_VERBS: readonly string[] = ['set-state', 'lock'];
/** The read-back ends with a reset, after which nothing is selected and no channel open. */
const OPENING_VERBS: readonly string[] = ['select', 'open-channel'];
const MAX_SHORT_OFFSET = 0x7fff;

/** Statements of one chip that cannot stand together. */
export function listChipContradictions(
  chip: ChipProfile,
  file: string,
): readonly PlacedComplaint[] {
  return [...checkName('chip', chip.name, file), ...RULES.flatMap((rule) => rule(chip))];
}

const RULES: readonly Rule[] = [
  checkOrder,
  checkEachFile,
  checkFileIds,
  checkAnnouncedFiles,
  checkKeys,
  checkConditions,
  ({ limits }) =>
    limits.fileBytes > limits.memoryBytes
      ? [complain(['limits', 'fileBytes'], `${limits.fileBytes}`, 'not more than memoryBytes')]
      : [],
];

/** One verify; before it what writes, after it only what ends the writing, the lock last. */
function checkOrder({ script, purpose }: ChipProfile): readonly PlacedComplaint[] {
  const verbs = script.map((step) => step.verb);
  const verify = verbs.indexOf('verify');
  const problems: PlacedComplaint[] = [];
  if (verify < 0 || verbs.lastIndexOf('verify') !== verify) {
    problems.push(
      complain(
        ['script'],
        `${verbs.filter((verb) => verb === 'verify').length} times verify`,
        'once, before the lock',
      ),
    );
  }
  verbs.forEach((verb, index) => {
    const path = ['script', index, 'verb'];
    if (verb === 'lock' && index !== verbs.length - 1) {
      problems.push(complain(path, 'lock before another step', 'lock as the last step'));
    }
    const allowedAfter = [...OPENING_VERBS, ...FINAL_VERBS];
    if (verify >= 0 && index > verify && ![...allowedAfter, 'verify'].includes(verb)) {
      problems.push(complain(path, `${verb} after verify`, allowedAfter.join(', ')));
    }
    if ((index === 0 || (verify >= 0 && index === verify + 1)) && !OPENING_VERBS.includes(verb)) {
      problems.push(complain(path, `${verb} on a chip after its reset`, OPENING_VERBS.join(', ')));
    }
    if (FINAL_VERBS.includes(verb) && index < verify) {
      problems.push(complain(path, `${verb} before verify`, `${verb} after verify`));
    }
  });
  if (purpose === 'production' && verbs.at(-1) !== 'lock') {
    problems.push(complain(['script', verbs.length - 1], 'another last step', 'lock'));
  }
  return problems;
}

/** The files are written once, and their offsets and sizes fit where the template puts them. */
function checkEachFile({ script, limits, files }: ChipProfile): readonly PlacedComplaint[] {
  const loops = script.filter((step) => step.verb === 'each-file');
  if (loops.length !== 1) {
    return [complain(['script'], `${loops.length} times each-file`, 'exactly once')];
  }
  const problems: PlacedComplaint[] = [];
  script.forEach((step, index) => {
    if (step.verb !== 'each-file') return;
    const path = ['script', index, 'steps'];
    const writers = step.steps.filter(({ verb }) => verb === 'write-file' || verb === 'store-file');
    if (writers.length !== 1 || step.steps.at(-1) !== writers[0]) {
      problems.push(complain(path, 'another end', 'write-file or store-file once, as the last'));
    }
    step.steps.forEach((fileStep, position) => {
      if (fileStep.verb === 'store-file') {
        for (const [name, { dgi }] of files) {
          if (dgi === undefined) problems.push(complain(['files', name], 'no dgi', 'a dgi'));
        }
        return;
      }
      const nodes = listNodes(fileStep.send.header, fileStep.send.data);
      const at = [...path, position, 'send'];
      if (fileStep.verb !== 'write-file') return;
      if (!names(nodes).includes('chunk') || !names(nodes).includes('offset')) {
        problems.push(complain(at, 'a write without its place', '{offset:2} and {chunk}'));
      }
      const offset = nodes.find((node) => node.kind === 'value' && node.name === 'offset');
      const inHeader = fileStep.send.header.includes(offset ?? NOTHING);
      if (inHeader && limits.fileBytes > MAX_SHORT_OFFSET) {
        problems.push(
          complain(at, `P1 P2 as offset with fileBytes ${limits.fileBytes}`, 'up to 32767'),
        );
      }
    });
  });
  return problems;
}

const NOTHING: TemplateNode = { kind: 'bytes', bytes: new Uint8Array() };

function checkFileIds({ files }: ChipProfile): readonly PlacedComplaint[] {
  const seen = new Map<string, string>();
  return [...files].flatMap(([name, { fid }]) => {
    const hex = Buffer.from(fid).toString('hex');
    const other = seen.get(hex);
    seen.set(hex, name);
    // EF.CardAccess and EF.CVCA, EF.CardSecurity and EF.SOD share an identifier in two places of
    // the tree [9303-10 table 28], which this vocabulary cannot tell apart yet.
    return other === undefined
      ? []
      : [complain(['files', name, 'fid'], `the identifier of ${other}`, 'one of its own')];
  });
}

/** What the chip announces must have a file to stand in. */
function checkAnnouncedFiles(chip: ChipProfile): readonly PlacedComplaint[] {
  const missing = (file: 'EF.CardAccess' | 'EF.DG14' | 'EF.DG15', why: string) =>
    chip.files.has(file) ? [] : [complain(['files'], `no ${file}`, `${file}, as there is ${why}`)];
  return [
    ...(chip.access.bac || chip.access.pace.length > 0 || chip.purpose === 'training'
      ? []
      : [complain(['access'], 'neither BAC nor PACE', 'at least one')]),
    ...(chip.access.pace.length > 0
      ? [...missing('EF.CardAccess', 'PACE'), ...missing('EF.DG14', 'PACE')]
      : []),
    ...(chip.chipAuthentication ? missing('EF.DG14', 'Chip Authentication') : []),
    ...(chip.activeAuthentication ? missing('EF.DG15', 'Active Authentication') : []),
    ...(chip.activeAuthentication?.algorithm === 'ecdsa'
      ? missing('EF.DG14', 'Active Authentication with ECDSA')
      : []),
  ];
}

/** A capability whose key the host makes needs a step that hands it over, and the other way. */
function checkKeys(chip: ChipProfile): readonly PlacedComplaint[] {
  const used = new Set(chip.script.flatMap(listStepNames));
  const { activeAuthentication: aa, chipAuthentication: ca, access } = chip;
  const demands: readonly (readonly [boolean, string, readonly TemplateValueName[]])[] = [
    [
      aa?.keyOrigin === 'host',
      'activeAuthentication',
      aa?.algorithm === 'ecdsa' ? ['aa.privateScalar'] : ['aa.modulus', 'aa.privateExponent'],
    ],
    [ca?.keyOrigin === 'host', 'chipAuthentication', ['ca.privateScalar']],
    [access.bac, 'access', ['mrz.documentNumber', 'mrz.dateOfBirth', 'mrz.dateOfExpiry']],
  ];
  const unused = demands.flatMap(([needed, member, values]) =>
    needed
      ? values
          .filter((value) => !used.has(value))
          .map((value) =>
            complain([member], `no step with {${value}}`, 'a step that hands it over'),
          )
      : [],
  );
  const strange = [...used].filter(
    (value) =>
      (value.startsWith('aa.') && aa === undefined) ||
      (value.startsWith('ca.') && ca === undefined) ||
      (value === 'can' && access.pace.length === 0),
  );
  return [
    ...unused,
    ...strange.map((value) =>
      complain(['script'], `{${value}} for a chip that cannot use it`, 'its capability stated'),
    ),
  ];
}

/** A step with values that a document may lack says under which condition it is done. */
function checkConditions({ script }: ChipProfile): readonly PlacedComplaint[] {
  return script.flatMap((step, index) => {
    const when = 'when' in step ? step.when : undefined;
    return listStepNames(step)
      .map(conditionOf)
      .filter(
        (condition, position, all) =>
          condition !== undefined && all.indexOf(condition) === position,
      )
      .filter((condition) => condition !== when)
      .map((condition) =>
        complain(['script', index], `values of ${condition ?? ''}`, `when: ${condition ?? ''}`),
      );
  });
}

function conditionOf(value: TemplateValueName): StepCondition | undefined {
  if (value.startsWith('aa.')) return 'active-authentication';
  if (value.startsWith('ca.')) return 'chip-authentication';
  return value === 'can' ? 'can' : undefined;
}

function listStepNames(step: ScriptStep): readonly TemplateValueName[] {
  switch (step.verb) {
    case 'verify':
    case 'open-channel':
      return [];
    case 'each-file':
      return step.steps.flatMap((fileStep) =>
        fileStep.verb === 'store-file'
          ? []
          : names(listNodes(fileStep.send.header, fileStep.send.data)),
      );
    case 'store-data':
      return names(listNodes(step.data));
    default:
      return step.send.flatMap(({ header, data }) => names(listNodes(header, data)));
  }
}

/** All nodes of a template, those inside brackets among them. */
function listNodes(...parts: readonly (readonly TemplateNode[] | undefined)[]): TemplateNode[] {
  return parts.flatMap((nodes = []) =>
    nodes.flatMap((node) => (node.kind === 'length' ? [node, ...listNodes(node.content)] : [node])),
  );
}

function names(nodes: readonly TemplateNode[]): readonly TemplateValueName[] {
  return nodes.flatMap((node) => (node.kind === 'value' ? [node.name] : []));
}

function complain(
  path: readonly (string | number)[],
  found: string,
  allowed: string,
): PlacedComplaint {
  return { path, found, allowed };
}
