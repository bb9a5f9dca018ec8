import { encodeCommand } from '../../standards/apdu/command';
import { concatBytes } from '../../standards/bytes/concat';
import { encodeUint } from '../../standards/bytes/integer';
import { encodeTlvLength } from '../../standards/tlv/tlv';
import type { CommandTemplate, TemplateNode } from '../profile/command-template';
import type { TemplateValueName } from '../profile/template-values';

/** Values for the places of a template: bytes, or numbers that the template gives a width. */
export type TemplateValues = Readonly<Partial<Record<TemplateValueName, Uint8Array | number>>>;

const MAX_SHORT_DGI = 0xfe;

/** The command APDU of a template. @throws RangeError when a value is missing or does not fit. */
export function fillCommand(template: CommandTemplate, values: TemplateValues): Uint8Array {
  const [cla = 0, ins = 0, p1 = 0, p2 = 0] = fillNodes(template.header, values);
  return encodeCommand({
    ...{ cla, ins, p1, p2 },
    ...(template.data && { data: fillNodes(template.data, values) }),
    ...(template.le !== undefined && { le: template.le }),
  });
}

/** The bytes of nodes one after the other. @throws RangeError as `fillCommand` does. */
export function fillNodes(nodes: readonly TemplateNode[], values: TemplateValues): Uint8Array {
  return concatBytes(...nodes.map((node) => fillNode(node, values)));
}

/** Length of a data grouping: one byte, or FF and two. */
export function encodeDgiLength(length: number): Uint8Array {
  return length <= MAX_SHORT_DGI
    ? Uint8Array.of(length)
    : concatBytes(Uint8Array.of(0xff), encodeUint(length, 2));
}

function fillNode(node: TemplateNode, values: TemplateValues): Uint8Array {
  if (node.kind === 'bytes') return node.bytes;
  if (node.kind === 'length') {
    const content = fillNodes(node.content, values);
    const encodeLength = node.style === 'ber' ? encodeTlvLength : encodeDgiLength;
    return concatBytes(encodeLength(content.length), content);
  }
  const value = values[node.name];
  if (value === undefined) throw new RangeError(`there is no value for {${node.name}}`);
  if (typeof value !== 'number') return value;
  return encodeUint(value, node.lengthBytes ?? 0);
}
