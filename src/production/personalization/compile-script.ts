import { digestBytes } from '../../standards/crypto/digest-algorithms';
import type { PersoPhase, PersoScript, PersoStep } from '../document/perso-script';
import type { ChipLimits, ScriptStep, StepCondition } from '../profile/chip';
import type { CommandTemplate, TemplateNode } from '../profile/command-template';
import { TEMPLATE_VALUES } from '../profile/template-values';
import { checkFit, listFilesToWrite, type Personalization } from './check-fit';
import { compileFileSteps } from './compile-file-steps';
import { listDocumentValues } from './document-values';
import { limitsInChannel } from './limits-in-channel';
import { storeData, storeEncrypted } from './store-data';
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
    sha256: digestBytes('sha256', ...steps.flatMap(({ commands }) => commands)),
  };
}

function compileStep(step: ScriptStep, compilation: Compilation): readonly PersoStep[] {
  const { personalization, values, phase, limits } = compilation;
  if (step.verb === 'verify') return [];
  if (step.verb === 'each-file') {
    return listFilesToWrite(personalization).flatMap((file) =>
      compileFileSteps(step.steps, { file, personalization, values, limits }),
    );
  }
  if (step.verb === 'open-channel') {
    const { verb, title, channel } = step;
    return [{ phase, verb, title, commands: [], expectedSw: [], secret: false, channel }];
  }
  if (step.when !== undefined && !meets(step.when, personalization)) return [];
  const { verb, title, expectedSw } = step;
  if (step.verb === 'store-data') {
    const value = fillNodes(step.data, values);
    const stored = step.encrypted
      ? storeEncrypted(step.dgi, value, limits)
      : { commands: storeData(step.dgi, value, limits) };
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

/** Whether the document has what the step is about. */
function meets(condition: StepCondition, { document }: Personalization): boolean {
  const { access, chipKeys } = document;
  switch (condition) {
    case 'active-authentication':
      return chipKeys.activeAuthentication !== undefined;
    case 'chip-authentication':
      return chipKeys.chipAuthentication !== undefined;
    case 'can':
      return access.can !== undefined;
  }
}

function isSecretCommand({ header, data = [] }: CommandTemplate): boolean {
  return isSecret(header) || isSecret(data);
}

function isSecret(nodes: readonly TemplateNode[]): boolean {
  return nodes.some((node) => {
    if (node.kind === 'value') return TEMPLATE_VALUES[node.name].secret;
    return node.kind === 'length' && isSecret(node.content);
  });
}
