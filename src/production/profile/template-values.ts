/**
 * Every value that a command template may name, and where it may be named. `secret` values make
 * their step a secret step: its commands are shown in no trace.
 */
export const TEMPLATE_VALUES = {
  application: { type: 'bytes', scope: 'anywhere', secret: false },
  'file.fid': { type: 'bytes', scope: 'file', secret: false },
  'file.dgi': { type: 'bytes', scope: 'file', secret: false },
  'file.size': { type: 'number', scope: 'file', secret: false },
  offset: { type: 'number', scope: 'write', secret: false },
  chunk: { type: 'bytes', scope: 'write', secret: false },
  'mrz.documentNumber': { type: 'bytes', scope: 'document', secret: true },
  'mrz.dateOfBirth': { type: 'bytes', scope: 'document', secret: true },
  'mrz.dateOfExpiry': { type: 'bytes', scope: 'document', secret: true },
  can: { type: 'bytes', scope: 'document', secret: true },
  'aa.modulus': { type: 'bytes', scope: 'document', secret: false },
  'aa.privateExponent': { type: 'bytes', scope: 'document', secret: true },
  'aa.privateScalar': { type: 'bytes', scope: 'document', secret: true },
  'ca.p': { type: 'bytes', scope: 'document', secret: false },
  'ca.a': { type: 'bytes', scope: 'document', secret: false },
  'ca.b': { type: 'bytes', scope: 'document', secret: false },
  'ca.g': { type: 'bytes', scope: 'document', secret: false },
  'ca.n': { type: 'bytes', scope: 'document', secret: false },
  'ca.privateScalar': { type: 'bytes', scope: 'document', secret: true },
  'cvca.certificate': { type: 'bytes', scope: 'document', secret: false },
  'cvca.content': { type: 'bytes', scope: 'document', secret: false },
  'cvca.date': { type: 'bytes', scope: 'document', secret: false },
} as const satisfies Record<string, TemplateValue>;

export interface TemplateValue {
  readonly type: 'bytes' | 'number';
  readonly scope: TemplateScope;
  readonly secret: boolean;
}

/**
 * What is known where a template stands: nothing but the chip in an observation, the document in
 * a step, also one file in a step for each file, and also a piece of it where a file is written.
 */
export type TemplateScope = 'anywhere' | 'document' | 'file' | 'write';

export type TemplateValueName = keyof typeof TEMPLATE_VALUES;
