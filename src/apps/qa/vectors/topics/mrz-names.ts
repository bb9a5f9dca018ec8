import { MRZ_FORMS, MRZ_LAYOUTS, type MrzForm } from '../../../../standards/mrz/mrz-layout';
import { encodeMrzName, nameComponents, splitVisualName } from '../../../../standards/mrz/mrz-name';
import { isNameOrTruncation, type TruncationMethod } from '../../../../standards/mrz/truncate-name';
import { MalformedError } from '../../../../standards/bytes/malformed';
import type { Inputs } from '../inputs';
import type { Figure, Figures } from '../topic';

/** Names of the visual zone as they stand in a line of an MRZ. */
export function nameFigures(inputs: Inputs): Figures {
  const line = acceptableLine(inputs);
  return {
    line1: line,
    line3: line,
    acceptable_line1: line,
    acceptable_line2: line,
    acceptable_line3: line,
    mrz: line,
    rule: (expected) => {
      const { text, truncated } = nameOf(inputs, 'initials');
      return !truncated || /[A-Z]$/.test(text) ? expected : 'the name ends in a filler';
    },
  };
}

/**
 * The expected line, or one of several, when one of the methods makes it: an issuer may choose
 * any. The components of a printed line give the limits of the method by which it was made.
 */
function acceptableLine(inputs: Inputs): Figure {
  return (expected) => {
    const acceptable = (Array.isArray(expected) ? expected : [expected]).filter(
      (line): line is string => typeof line === 'string',
    );
    const methods: TruncationMethod[] = ['initials', 'cut'];
    const made = methods.map((method) => fittedLine(inputs, method));
    const found = acceptable.find((line) => made.includes(line) || isMadeByLimits(inputs, line));
    if (found === undefined) return made[0];
    return Array.isArray(expected) ? expected : found;
  };
}

function isMadeByLimits(inputs: Inputs, line: string): boolean {
  const form = formOf(inputs);
  const [from, to] = MRZ_LAYOUTS[form].name;
  const field = form === 'TD1' ? line : line.slice(from);
  const [primary = '', secondary = ''] = field.replace(/<+$/, '').split('<<');
  const lengths = (text: string): number[] => text.split('<').map((part) => part.length);
  const method = { primary: lengths(primary), secondary: lengths(secondary) };
  const components = nameComponents(splitVisualName(inputs.text('viz_name')));
  return fittedLine(inputs, method) === line && isNameOrTruncation(field, components, to - from);
}

/** The whole line: in a TD1 the name stands alone. */
export function fittedLine(inputs: Inputs, method: TruncationMethod): string {
  const form = formOf(inputs);
  const [from, to] = MRZ_LAYOUTS[form].name;
  const field = nameOf(inputs, method).text.padEnd(to - from, '<');
  if (form === 'TD1') return field;
  const code = inputs.has('document_code') ? inputs.text('document_code') : 'I';
  const issuer = inputs.has('issuer') ? inputs.text('issuer') : 'UTO';
  return code.padEnd(2, '<') + issuer.padEnd(3, '<') + field;
}

function nameOf(
  inputs: Inputs,
  truncation: TruncationMethod,
): { readonly text: string; readonly truncated: boolean } {
  const name = splitVisualName(inputs.text('viz_name'));
  return encodeMrzName(name, { form: formOf(inputs), truncation });
}

function formOf(inputs: Inputs): MrzForm {
  const named = inputs.text('form').toUpperCase();
  const form = MRZ_FORMS.find((one) => one === named);
  if (form === undefined) throw new MalformedError('form', 'is none of TD1, TD2 and TD3');
  return form;
}
