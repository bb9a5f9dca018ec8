import type { LdsFileName } from '../document/lds-files';
import type {
  ChipKeyName,
  ChipLimits,
  ChipProfile,
  FilesStep,
  KeyOrigin,
  ScriptStep,
  StepCondition,
} from './chip';
import { checkAgreement } from './agreement-contradictions';
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
  checkTrustPoints,
  checkKeyScript,
  checkAgreement,
  checkChannels,
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

/** Every file is written once, and its offsets and size fit where the template puts them. */
function checkEachFile(chip: ChipProfile): readonly PlacedComplaint[] {
  const { script } = chip;
  const loops = script.flatMap((step) => (step.verb === 'each-file' ? [step] : []));
  const folders = new Set([...chip.files.values()].map(({ folder }) => folder));
  const wrong = [...folders].filter(
    (folder) =>
      loops.filter((loop) => loop.folder === undefined || loop.folder === folder).length !== 1,
  );
  if (wrong.length > 0) {
    const found = `${loops.length} times each-file`;
    return [complain(['script'], found, `exactly once for files in ${wrong.join(' and ')}`)];
  }
  return script.flatMap((step, index) =>
    step.verb === 'each-file' ? checkLoop(chip, step, ['script', index, 'steps']) : [],
  );
}

function checkLoop(
  { limits, files }: ChipProfile,
  { steps, folder }: FilesStep,
  path: readonly (string | number)[],
): readonly PlacedComplaint[] {
  const problems: PlacedComplaint[] = [];
  const writers = steps.filter(({ verb }) => verb === 'write-file' || verb === 'store-file');
  if (writers.length !== 1 || steps.at(-1) !== writers[0]) {
    problems.push(complain(path, 'another end', 'write-file or store-file once, as the last'));
  }
  steps.forEach((fileStep, position) => {
    if (fileStep.verb === 'store-file') {
      for (const [name, { dgi, folder: place }] of files) {
        const isHere = folder === undefined || folder === place;
        if (isHere && dgi === undefined)
          problems.push(complain(['files', name], 'no dgi', 'a dgi'));
      }
      problems.push(...checkSequence(fileStep.sequenceBytes, { limits, steps, path }));
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
  return problems;
}

/** A sequence that files share takes any of them whole, and nothing stands between two files. */
function checkSequence(
  sequenceBytes: number | undefined,
  loop: {
    readonly limits: ChipLimits;
    readonly steps: FilesStep['steps'];
    readonly path: readonly (string | number)[];
  },
): readonly PlacedComplaint[] {
  if (sequenceBytes === undefined) return [];
  const { limits, steps, path } = loop;
  const least = limits.fileBytes + MAX_GROUPING_HEAD;
  return [
    ...(sequenceBytes < least
      ? [complain(path, `sequenceBytes ${sequenceBytes}`, `at least ${least}, for any file`)]
      : []),
    ...(steps.length > 1
      ? [complain(path, 'steps between files that share a sequence', 'store-file alone')]
      : []),
  ];
}

/** Identifier and longest length of a data grouping. */
const MAX_GROUPING_HEAD = 5;
const NOTHING: TemplateNode = { kind: 'bytes', bytes: new Uint8Array() };

function checkFileIds({ files }: ChipProfile): readonly PlacedComplaint[] {
  const seen = new Map<string, string>();
  return [...files].flatMap(([name, { folder, fid }]) => {
    // EF.CardAccess and EF.CVCA, EF.CardSecurity and EF.SOD share an identifier in two places of
    // the tree [9303-10 table 28].
    const place = `${folder} ${Buffer.from(fid).toString('hex')}`;
    const other = seen.get(place);
    seen.set(place, name);
    return other === undefined
      ? []
      : [complain(['files', name, 'fid'], `the identifier of ${other}`, 'one of its own')];
  });
}

/** What the chip announces must have a file to stand in. */
function checkAnnouncedFiles(chip: ChipProfile): readonly PlacedComplaint[] {
  const missing = (file: LdsFileName, why: string) =>
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
    ...(chip.terminalAuthentication
      ? [
          ...missing('EF.DG14', 'Terminal Authentication'),
          ...missing('EF.CVCA', 'Terminal Authentication'),
        ]
      : []),
    ...(chip.activeAuthentication?.algorithm === 'ecdsa'
      ? missing('EF.DG14', 'Active Authentication with ECDSA')
      : []),
  ];
}

/** A capability whose key the host makes needs a step that hands it over, and the other way. */
function checkKeys(chip: ChipProfile): readonly PlacedComplaint[] {
  const used = new Set(chip.script.flatMap(listStepNames));
  const { activeAuthentication: aa, chipAuthentication: ca, access } = chip;
  const takesKey = (origin: KeyOrigin | undefined): boolean =>
    origin === 'host' || origin === 'either';
  const demands: readonly (readonly [boolean, string, readonly TemplateValueName[]])[] = [
    [
      takesKey(aa?.keyOrigin),
      'activeAuthentication',
      aa?.algorithm === 'ecdsa' ? ['aa.privateScalar'] : ['aa.modulus', 'aa.privateExponent'],
    ],
    [takesKey(ca?.keyOrigin), 'chipAuthentication', ['ca.privateScalar']],
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
      (value.startsWith('cvca.') && chip.terminalAuthentication === undefined) ||
      (value === 'can' && access.pace.length === 0),
  );
  return [
    ...unused,
    ...strange.map((value) =>
      complain(['script'], `{${value}} for a chip that cannot use it`, 'its capability stated'),
    ),
  ];
}

/** Terminal Authentication binds to Chip Authentication, and to a CVCA that the chip was given. */
function checkTrustPoints(chip: ChipProfile): readonly PlacedComplaint[] {
  if (chip.terminalAuthentication === undefined) return [];
  const used = chip.script.flatMap(listStepNames);
  const member = ['terminalAuthentication'];
  return [
    ...(chip.chipAuthentication === undefined
      ? [complain(member, 'no chipAuthentication', 'chipAuthentication, which it builds on')]
      : []),
    ...(used.includes('cvca.certificate') || used.includes('cvca.content')
      ? []
      : [complain(member, 'no step with {cvca.certificate}', 'a step that hands it over')]),
  ];
}

/** A capability whose key the chip makes needs a step that has it made, and the other way. */
function checkKeyScript(chip: ChipProfile): readonly PlacedComplaint[] {
  const { keyScript, activeAuthentication, chipAuthentication } = chip;
  const capabilities: readonly (readonly [ChipKeyName, string, KeyOrigin | undefined])[] = [
    ['active-authentication', 'activeAuthentication', activeAuthentication?.keyOrigin],
    ['chip-authentication', 'chipAuthentication', chipAuthentication?.keyOrigin],
  ];
  const made = keyScript.flatMap((step) => (step.verb === 'generate-key' ? [step.key] : []));
  return [
    ...capabilities.flatMap(([key, member, origin]) => {
      const makes = origin === 'chip' || origin === 'either';
      const times = made.filter((name) => name === key).length;
      if (times === (makes ? 1 : 0)) return [];
      const found = `${times} times generate-key for ${key} in keyScript`;
      return [complain([member], found, makes ? 'once' : 'none, as the host makes it')];
    }),
    ...keyScript.flatMap(({ verb }, index) =>
      KEY_SCRIPT_VERBS.includes(verb)
        ? []
        : [complain(['keyScript', index, 'verb'], verb, KEY_SCRIPT_VERBS.join(', '))],
    ),
    ...chip.script.flatMap(({ verb }, index) =>
      verb === 'generate-key'
        ? [complain(['script', index, 'verb'], verb, 'generate-key in keyScript')]
        : [],
    ),
    ...(keyScript.length === 0 || OPENING_VERBS.includes(keyScript[0]?.verb ?? '')
      ? []
      : [complain(['keyScript', 0, 'verb'], 'another beginning', OPENING_VERBS.join(', '))]),
  ];
}

/** The keys are made before anything is written, so that a chip with keys alone is still a blank. */
const KEY_SCRIPT_VERBS: readonly string[] = [
  'select',
  'open-channel',
  'delete',
  'load',
  'install',
  'generate-key',
];

/** Keys and secrets of a security domain need a channel around them. */
function checkChannels({ script, keyScript }: ChipProfile): readonly PlacedComplaint[] {
  return [...check('script', script), ...check('keyScript', keyScript)];

  function check(member: string, steps: readonly ScriptStep[]): readonly PlacedComplaint[] {
    let isOpen = false;
    return steps.flatMap((step, index) => {
      if (step.verb === 'verify' || step.verb === 'select') isOpen = false;
      if (step.verb === 'open-channel') {
        isOpen = true;
        const { protocol, level, macBytes } = step.channel;
        const isOf02 = protocol === 'scp02' && (macBytes !== 8 || level.includes('r-enc'));
        return isOf02
          ? [complain([member, index], 'S16 or r-enc in SCP02', 'scp03, or c-mac c-enc r-mac')]
          : [];
      }
      const needs =
        step.verb === 'put-key' ||
        step.verb === 'load' ||
        (step.verb === 'store-data' && step.encrypted);
      return needs && !isOpen
        ? [complain([member, index], `${step.verb} without a channel`, 'open-channel before it')]
        : [];
    });
  }
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
  if (value.startsWith('cvca.')) return 'terminal-authentication';
  return value === 'can' ? 'can' : undefined;
}

function listStepNames(step: ScriptStep): readonly TemplateValueName[] {
  switch (step.verb) {
    case 'verify':
    case 'open-channel':
    case 'put-key':
    case 'load':
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
