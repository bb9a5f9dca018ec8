import { digestBytes } from '../../standards/crypto/digest-algorithms';
import { encodeDataGrouping } from '../../standards/gp/store-data';
import type { LdsFileName } from '../document/lds-files';
import type { PersoPhase, PersoScript, PersoStep } from '../document/perso-script';
import { holdsPrivateKey, type WritableDocument } from '../document/signed-document';
import type {
  ChipKeyName,
  ChipLimits,
  FilesStep,
  ScriptStep,
  StepCondition,
} from '../profile/chip';
import type { CommandTemplate, TemplateNode } from '../profile/command-template';
import { TEMPLATE_VALUES, type TemplateValueName } from '../profile/template-values';
import { checkFit, listFilesToWrite, type Personalization } from './check-fit';
import { compileFileSteps, compileJoinedFiles } from './compile-file-steps';
import { compileLoad } from './compile-load';
import { listDocumentValues, listTrustPointValues } from './document-values';
import { limitsInChannel } from './limits-in-channel';
import { storeEncrypted, storeGroupings } from './store-data';
import { fillCommand, fillNodes, type TemplateValues } from './fill-template';

interface Compilation {
  readonly personalization: Personalization;
  readonly values: TemplateValues;
  readonly phase: PersoPhase;
  readonly limits: ChipLimits;
}

/**
 * The commands that put this document on a chip of this kind: as few as the chip's limits allow.
 *
 * @throws ProductionError as `checkFit` does: what the chip cannot take is refused here, before it
 * costs a card.
 */
export function compileScript(personalization: Personalization): PersoScript {
  checkFit(personalization);
  const { document, product, chip } = personalization;
  const values = listDocumentValues(chip.application, document);
  const verify = chip.script.findIndex(({ verb }) => verb === 'verify');
  const steps = chip.script.flatMap((step, index) =>
    compileStep(step, {
      ...{ personalization, values },
      phase: index < verify ? 'write' : 'lock',
      limits: limitsInChannel(chip.limits, chip.script.slice(0, index)),
    }),
  );
  return {
    product: product.name,
    chip: chip.name,
    steps,
    sha256: hashSteps(steps),
  };
}

/**
 * The commands with which a chip of this kind makes its own keys for a product; undefined where
 * it makes none.
 */
export function compileKeyScript({
  product,
  chip,
}: Pick<Personalization, 'product' | 'chip'>): PersoScript | undefined {
  const wanted = (key: ChipKeyName): boolean => product.lds.files.includes(FILE_OF_KEY[key]);
  const script = chip.keyScript.filter((step) => step.verb !== 'generate-key' || wanted(step.key));
  if (!script.some(({ verb }) => verb === 'generate-key')) return undefined;
  const personalization = { product, chip, document: NO_DOCUMENT };
  const steps = script.flatMap((step, index) =>
    compileStep(step, {
      ...{ personalization, values: { application: chip.application }, phase: 'keys' as const },
      limits: limitsInChannel(chip.limits, script.slice(0, index)),
    }),
  );
  return { product: product.name, chip: chip.name, steps, sha256: hashSteps(steps) };
}

/** Where the public half of each key stands [9303-11 §9.2]. */
const FILE_OF_KEY = {
  'active-authentication': 'EF.DG15',
  'chip-authentication': 'EF.DG14',
} as const satisfies Record<ChipKeyName, LdsFileName>;

/** In the key script there is none yet. */
const NO_DOCUMENT: WritableDocument = {
  files: new Map(),
  access: { mrz: { documentNumber: '', dateOfBirth: '', dateOfExpiry: '' } },
  chipKeys: {},
};

function hashSteps(steps: readonly PersoStep[]): Uint8Array {
  return digestBytes('sha256', ...steps.flatMap(({ commands }) => commands));
}

function compileStep(step: ScriptStep, compilation: Compilation): readonly PersoStep[] {
  const { personalization, values, phase, limits } = compilation;
  switch (step.verb) {
    case 'verify':
      return [];
    case 'each-file':
      return compileLoop(step, compilation);
    case 'open-channel': {
      const { verb, title, channel } = step;
      return [{ phase, verb, title, ...NO_COMMANDS, channel }];
    }
    case 'put-key': {
      const { verb, title, keys } = step;
      return [{ phase, verb, title, ...NO_COMMANDS, secret: true, putKeys: keys }];
    }
    case 'load':
      return compileLoad(step, phase, limits);
    case 'generate-key': {
      const { verb, title, key, expectedSw, send } = step;
      const commands = send.map((template) => fillCommand(template, values));
      return [{ phase, verb, title, expectedSw, commands, secret: false, makesKey: key }];
    }
  }
  if (step.when !== undefined && !meets(step.when, personalization)) return [];
  if (namesTrustPoint(step) && values['cvca.certificate'] === undefined) {
    return compileForTrustPoints(step, compilation);
  }
  const { verb, title, expectedSw } = step;
  if (step.verb === 'store-data') {
    const value = fillNodes(step.data, values);
    const stored = step.encrypted
      ? storeEncrypted(step.dgi, value, limits)
      : { commands: storeGroupings([encodeDataGrouping(step.dgi, value)], limits) };
    return [{ phase, verb, title, expectedSw, ...stored, secret: isSecret(step.data) }];
  }
  return [
    {
      ...{ phase, verb, title, expectedSw },
      commands: step.send.map((template) => fillCommand(template, values)),
      secret: step.send.some(isSecretCommand),
    },
  ];
}

/** A step whose commands are made when the chip is there. */
const NO_COMMANDS = { commands: [], expectedSw: [0x9000], secret: false } as const;

function compileLoop(
  { steps, folder }: FilesStep,
  { personalization, values, limits }: Compilation,
): readonly PersoStep[] {
  const { chip } = personalization;
  const files = listFilesToWrite(personalization).filter(
    (name) => folder === undefined || chip.files.get(name)?.folder === folder,
  );
  const [first] = steps;
  if (first?.verb === 'store-file' && first.sequenceBytes !== undefined) {
    return compileJoinedFiles(files, first, { personalization, limits });
  }
  return files.flatMap((file) =>
    compileFileSteps(steps, { file, personalization, values, limits }),
  );
}

/** Whether the document has what the step is about. */
function meets(condition: StepCondition, { document }: Personalization): boolean {
  const { access, chipKeys, terminalTrust } = document;
  switch (condition) {
    case 'active-authentication':
      return holdsPrivateKey(chipKeys.activeAuthentication);
    case 'chip-authentication':
      return holdsPrivateKey(chipKeys.chipAuthentication);
    case 'terminal-authentication':
      return terminalTrust !== undefined;
    case 'can':
      return access.can !== undefined;
  }
}

/** A step that names a CVCA is done for each that the chip is to trust. */
function compileForTrustPoints(step: ScriptStep, compilation: Compilation): readonly PersoStep[] {
  const { certificates = [] } = compilation.personalization.document.terminalTrust ?? {};
  return certificates.flatMap((certificate) => {
    const values = { ...compilation.values, ...listTrustPointValues(certificate) };
    return compileStep(step, { ...compilation, values });
  });
}

function namesTrustPoint(step: ScriptStep): boolean {
  const isOfOne = (name: TemplateValueName): boolean =>
    name === 'cvca.certificate' || name === 'cvca.content';
  if (step.verb === 'store-data') return someValue(step.data, isOfOne);
  if (!('send' in step)) return false;
  return step.send.some(
    ({ header, data = [] }) => someValue(header, isOfOne) || someValue(data, isOfOne),
  );
}

function isSecretCommand({ header, data = [] }: CommandTemplate): boolean {
  return isSecret(header) || isSecret(data);
}

function isSecret(nodes: readonly TemplateNode[]): boolean {
  return someValue(nodes, (name) => TEMPLATE_VALUES[name].secret);
}

function someValue(
  nodes: readonly TemplateNode[],
  test: (name: TemplateValueName) => boolean,
): boolean {
  return nodes.some((node) => {
    if (node.kind === 'value') return test(node.name);
    return node.kind === 'length' && someValue(node.content, test);
  });
}
