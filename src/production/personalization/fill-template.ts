import { encodeCommand } from '../../standards/apdu/command';
import { concatBytes } from '../../standards/bytes/concat';
import { encodeUint } from '../../standards/bytes/integer';
import { encodeGroupingLength } from '../../standards/gp/store-data';
import { encodeTlvLength } from '../../standards/tlv/tlv';
import type { CommandTemplate, TemplateNode } from '../profile/command-template';
import type { TemplateValueName } from '../profile/template-values';

/** Values for the places of a template: bytes, or numbers that the template gives a width. */
export type TemplateValues = Readonly<Partial<Record<TemplateValueName, Uint8Array | number>>>;

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

function fillNode(node: TemplateNode, values: TemplateValues): Uint8Array {
  if (node.kind === 'bytes') return node.bytes;
  if (node.kind === 'length') {
    const content = fillNodes(node.content, values);
    const encodeLength = node.style === 'ber' ? encodeTlvLength : encodeGroupingLength;
    return concatBytes(encodeLength(content.length), content);
  }
  const value = values[node.name];
  if (value === undefined) throw new RangeError(`there is no value for {${node.name}}`);
  if (typeof value !== 'number') return value;
  return encodeUint(value, node.lengthBytes ?? 0);
}
