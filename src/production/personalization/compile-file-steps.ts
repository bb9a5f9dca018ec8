import { encodeDataGrouping, MAX_BLOCKS } from '../../standards/gp/store-data';
import type { LdsFileName } from '../document/lds-files';
import type { LocalText } from '../document/inspection-report';
import type { PersoStep } from '../document/perso-script';
import type { ChipLimits, FileStep, FileVerb } from '../profile/chip';
import type { CommandTemplate } from '../profile/command-template';
import type { Personalization } from './check-fit';
import { fillCommand, fillNodes, type TemplateValues } from './fill-template';
import { storeGroupings } from './store-data';

export interface FileToWrite {
  readonly file: LdsFileName;
  readonly personalization: Personalization;
  readonly values: TemplateValues;
  readonly limits: ChipLimits;
}

/**
 * Files as data groupings, one behind the other in as few STORE DATA commands as this chip's
 * limits allow; a sequence begins anew where the chip's room for one is full.
 */
export function compileJoinedFiles(
  files: readonly LdsFileName[],
  step: Extract<FileStep, { verb: 'store-file' }>,
  { personalization, limits }: Pick<FileToWrite, 'personalization' | 'limits'>,
): readonly PersoStep[] {
  const { document, chip } = personalization;
  const room = Math.min(step.sequenceBytes ?? 0, MAX_BLOCKS * limits.commandDataBytes);
  const sequences: { files: LdsFileName[]; groupings: Uint8Array[]; bytes: number }[] = [];
  for (const file of files) {
    const dgi = chip.files.get(file)?.dgi ?? new Uint8Array();
    const grouping = encodeDataGrouping(dgi, document.files.get(file) ?? new Uint8Array());
    const open = sequences.at(-1);
    if (open === undefined || open.bytes + grouping.length > room) {
      sequences.push({ files: [file], groupings: [grouping], bytes: grouping.length });
    } else {
      open.files.push(file);
      open.groupings.push(grouping);
      open.bytes += grouping.length;
    }
  }
  return sequences.map(({ files: names, groupings }) => {
    const [file, ...others] = names;
    return {
      ...{ phase: 'write', verb: step.verb, expectedSw: step.expectedSw, secret: false },
      title: { vi: `Ghi tệp ${names.join(', ')}`, en: `Write ${names.join(', ')}` },
      ...(file !== undefined && others.length === 0 && { file }),
      commands: storeGroupings(groupings, limits),
    };
  });
}

/** The steps of one file: made, selected and written as the chip profile says. */
export function compileFileSteps(
  steps: readonly FileStep[],
  { file, personalization, values, limits }: FileToWrite,
): readonly PersoStep[] {
  const { document, chip } = personalization;
  const content = document.files.get(file) ?? new Uint8Array();
  const place = chip.files.get(file);
  const known: TemplateValues = {
    ...values,
    ...(place && { 'file.fid': place.fid }),
    ...(place?.dgi && { 'file.dgi': place.dgi }),
    'file.size': content.length,
  };
  return steps.map((step) => {
    const { verb, expectedSw } = step;
    const commands =
      step.verb === 'store-file'
        ? storeGroupings([encodeDataGrouping(place?.dgi ?? new Uint8Array(), content)], limits)
        : step.verb === 'write-file'
          ? cutWrites(step.send, content, { limits, values: known })
          : [fillCommand(step.send, known)];
    const title = titleOf(verb, file, content.length);
    return { phase: 'write', verb, title, file, commands, expectedSw, secret: false };
  });
}

interface Writing {
  readonly limits: ChipLimits;
  readonly values: TemplateValues;
}

/** The content in the largest blocks that one command of this chip takes. */
function cutWrites(
  template: CommandTemplate,
  content: Uint8Array,
  { limits, values }: Writing,
): readonly Uint8Array[] {
  const commands: Uint8Array[] = [];
  for (let offset = 0; offset < content.length;) {
    const size = largestBlock(template, limits.commandDataBytes, content.length - offset);
    const chunk = content.subarray(offset, offset + size);
    commands.push(fillCommand(template, { ...values, offset, chunk }));
    offset += size;
  }
  return commands;
}

/** Bytes of content that fit beside whatever else the template puts into the data field. */
function largestBlock(template: CommandTemplate, limit: number, wish: number): number {
  const dataBytes = (size: number): number =>
    fillNodes(template.data ?? [], { offset: 0, chunk: new Uint8Array(size) }).length;
  let size = Math.min(wish, limit);
  while (size > 1 && dataBytes(size) > limit) size -= dataBytes(size) - limit;
  return size;
}

function titleOf(verb: FileVerb | 'store-file', file: LdsFileName, bytes: number): LocalText {
  switch (verb) {
    case 'create-file':
      return { vi: `Tạo tệp ${file}, ${bytes} byte`, en: `Create ${file}, ${bytes} bytes` };
    case 'select-file':
      return { vi: `Chọn tệp ${file}`, en: `Select ${file}` };
    case 'write-file':
    case 'store-file':
      return { vi: `Ghi tệp ${file}`, en: `Write ${file}` };
  }
}
