import { runFile } from '../apps/qa/vectors/run-file';
import { parseVectorFile } from '../apps/qa/vectors/vector-file';
import { parseAuditLine } from '../production/custody/audit/audit-file';
import { parseCeremony } from '../production/custody/ceremony/ceremony-file';
import { parseChipSecrets } from '../production/document/chip-secrets';
import { parseFaceLayout } from '../production/face/parse-face-layout';
import { checkRecord } from '../production/intake/check-record';
import { readLoadFileDataBlock } from '../production/personalization/read-cap-file';
import { parseChip } from '../production/profile/parse-chip';
import { parseProduct } from '../production/profile/parse-product';
import { packSampleCap } from './sample-cap';
import {
  SAMPLE_CEREMONY,
  SAMPLE_FACE,
  SAMPLE_PRODUCT,
  SAMPLE_RECORD,
  SAMPLE_SECRETS,
  SAMPLE_VECTORS,
} from './sample-texts';
import type { FuzzTarget } from './target';

const MAX_BYTES = 8192;
const PRODUCTS = new Map([['sample', parseProduct(SAMPLE_PRODUCT, 'sample.yaml')]]);
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

/** What people write: profiles, records, vectors, ceremonies; and the files that go with them. */
export const TEXT_TARGETS = {
  'profile-product': {
    read: (bytes) => parseProduct(textOf(bytes), 'sample.yaml'),
    seeds: [],
    inputs: [bytesOf(SAMPLE_PRODUCT)],
    isText: true,
    maxBytes: 2048,
  },
  'profile-chip': {
    read: (bytes) => parseChip(textOf(bytes), 'training-card.yaml'),
    seeds: ['card-profiles/chips/training-card.yaml'],
    isText: true,
    maxBytes: 2048,
  },
  'profile-face': {
    read: (bytes) => parseFaceLayout(textOf(bytes), 'sample.yaml'),
    seeds: [],
    inputs: [bytesOf(SAMPLE_FACE)],
    isText: true,
    maxBytes: 2048,
  },
  ceremony: {
    read: (bytes) => parseCeremony(textOf(bytes), 'fuzz.yaml'),
    seeds: [],
    inputs: [bytesOf(SAMPLE_CEREMONY)],
    isText: true,
    maxBytes: 2048,
  },
  record: {
    read: (bytes) => checkRecord(bytes, PRODUCTS),
    seeds: [],
    inputs: [bytesOf(JSON.stringify(SAMPLE_RECORD))],
    isText: true,
    maxBytes: MAX_BYTES,
  },
  vectors: {
    read: (bytes) => runFile(parseVectorFile('fuzz.json', textOf(bytes))),
    seeds: ['test-vectors/mrz/vn-mrz-examples.json'],
    inputs: SAMPLE_VECTORS.map((file) => bytesOf(JSON.stringify(file))),
    isText: true,
    maxBytes: MAX_BYTES,
  },
  'chip-secrets': {
    read: (bytes) => parseChipSecrets(textOf(bytes), 'fuzz.json'),
    seeds: [],
    inputs: [bytesOf(JSON.stringify(SAMPLE_SECRETS))],
    isText: true,
    maxBytes: 2048,
  },
  'audit-line': {
    read: (bytes) => parseAuditLine(textOf(bytes)),
    seeds: [],
    inputs: [bytesOf(`entry\t${'ab'.repeat(32)}\t{"sequence":1}`)],
    isText: true,
    maxBytes: 512,
  },
  'cap-file': {
    read: (bytes) => readLoadFileDataBlock(bytes, 'fuzz.cap'),
    seeds: [],
    inputs: [packSampleCap()],
    maxBytes: 4096,
  },
} as const satisfies Record<string, FuzzTarget>;
