import type { BlockSpec } from './block-codec';

/** Generation and year of the standard that a block follows [ISO 39794-1]. */
export const VERSION_BLOCK = {
  generation: { tag: 0, kind: 'uint', required: true },
  year: { tag: 1, kind: 'uint', required: true },
} as const satisfies BlockSpec;

/** The first edition, which Doc 9303 refers to [9303-10 §4.5.6]. */
export const FIRST_EDITION = { generation: 3, year: 2019 } as const;

/** Organization and its own number, as a registry gives them [ISO 39794-1]. */
export const REGISTRY_ID = {
  organization: { tag: 0, kind: 'uint', required: true },
  id: { tag: 1, kind: 'uint', required: true },
} as const satisfies BlockSpec;

/** A time as far as it is known [ISO 39794-1]. */
export const DATE_TIME = {
  year: { tag: 0, kind: 'uint', required: true },
  month: { tag: 1, kind: 'uint' },
  day: { tag: 2, kind: 'uint' },
  hour: { tag: 3, kind: 'uint' },
  minute: { tag: 4, kind: 'uint' },
  second: { tag: 5, kind: 'uint' },
  millisecond: { tag: 6, kind: 'uint' },
} as const satisfies BlockSpec;

const SCORE_OR_ERROR = {
  score: { tag: 0, kind: 'uint' },
  error: { tag: 1, kind: 'code' },
} as const satisfies BlockSpec;

/** How good a sample is by some algorithm, 0 to 100 [ISO 39794-1]. */
export const QUALITY = {
  algorithm: { tag: 0, kind: 'block', members: REGISTRY_ID, required: true },
  scoreOrError: { tag: 1, kind: 'block', members: SCORE_OR_ERROR, required: true },
} as const satisfies BlockSpec;

const PAD_SCORE = {
  mechanism: { tag: 0, kind: 'block', members: REGISTRY_ID, required: true },
  scoreOrError: { tag: 1, kind: 'block', members: SCORE_OR_ERROR, required: true },
} as const satisfies BlockSpec;

const EXTENDED_DATA = {
  dataType: { tag: 0, kind: 'block', members: REGISTRY_ID, required: true },
  data: { tag: 1, kind: 'octets', required: true },
} as const satisfies BlockSpec;

/** What was found of attacks with made-up samples [ISO 39794-1]; challenges are passed over. */
export const PRESENTATION_ATTACK = {
  decision: { tag: 0, kind: 'code' },
  scores: { tag: 1, kind: 'blocks', members: PAD_SCORE },
  extendedData: { tag: 2, kind: 'blocks', members: EXTENDED_DATA },
  captureContext: { tag: 3, kind: 'code' },
  supervisionLevel: { tag: 4, kind: 'code' },
  riskLevel: { tag: 5, kind: 'uint' },
  criteriaCategory: { tag: 6, kind: 'code' },
  parameter: { tag: 7, kind: 'octets' },
  captureDateTime: { tag: 9, kind: 'block', members: DATE_TIME },
} as const satisfies BlockSpec;
