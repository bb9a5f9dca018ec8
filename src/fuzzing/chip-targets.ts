import { parseGeneratedKey } from '../production/encoding/parse-generated-key';
import { parseDynamicData } from '../standards/access/general-authenticate';
import { parsePaceSelection } from '../standards/access/pace/pace-objects';
import { parseProtectedObjects } from '../standards/access/secure-messaging/protected-objects';
import { parseCommand } from '../standards/apdu/command';
import { parseResponse } from '../standards/apdu/response';
import { parseCardRecognition } from '../standards/gp/card-recognition';
import { parseCplc } from '../standards/gp/cplc';
import { parseInitializeUpdateAnswer } from '../standards/gp/initialize-update';
import { parseInstallFields } from '../standards/gp/install-commands';
import { parseKeyInformation } from '../standards/gp/key-information';
import { parseLoadFileDataBlock } from '../standards/gp/load-file';
import { parseDataGroupings } from '../standards/gp/store-data';
import type { FuzzTarget } from './target';

const PACE = ['test-vectors/pace/pace.json'];
const MESSAGES = [
  'test-vectors/secure-messaging/secure-messaging.json',
  'test-vectors/bac/bac.json',
];
const SCP03 = ['test-vectors/scp03/scp03.json'];
const SM_STATUS = 0x99;
const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
/** A key set of SCP03 in the basic format, and one key in the extended format. */
const KEYS = ['E012C00401308810C00402308810C00403308810', 'E00AC0080110FF8800100100'].map(hex);
const CPLC = hex(`9F7F2A${'4790'.repeat(21)}`);
/** SCP02 and SCP03. */
const RECOGNITION = hex(
  '663E733C06072A864886FC6B01600C060A2A864886FC6B02020301630906072A864886FC6B03' +
    '640B06092A864886FC6B040255640B06092A864886FC6B040370',
);
/** Header, Directory and Applet of a package that does nothing. */
const LOAD_FILE = hex(
  '010010DECAFFED010200000106A00000024710' + '020001FF' + '03000B0107A00000024710010010',
);
const INSTALL = hex('05A000000247000006EF04C602100000');
/** One with a short length, one with a long one, and one that is empty. */
const GROUPINGS = hex('0101045F1F01028101FF0003AABBCC010200');
/** Answers to GENERAL AUTHENTICATE: the first of PACE, and the last with two references. */
const ENCRYPTED_NONCE = hex('7C12801095A3A016522EE98D01E76CB6B98B42C3');
const TOKEN_AND_REFERENCES = hex(
  '7C288608C2B0BD78D94BA866870E4445544553544356434130303032880C444554455354435643413031',
);
const EC_POINT = hex(
  '7F4943864104' +
    '8BD2AEB9CB7E57CB2C4B482FFC81B7AFB9DE27E1E3BD23C23A4453BD9ACE3262' +
    '547EF835C3DAC4FD97F8461A14611DC9C27745132DED8E545C1D54C72F046997',
);
const RSA_KEY = hex(`7F498188818180C0${'5A'.repeat(126)}018203010001`);

const EC_KIND = {
  algorithm: 'ecdsa',
  curve: 'brainpoolP256r1',
  digest: 'sha256',
  keyOrigin: 'chip',
} as const;
const RSA_KIND = {
  algorithm: 'rsa',
  modulusBits: 1024,
  digest: 'sha256',
  keyOrigin: 'chip',
} as const;

/** What chips say and are told. */
export const CHIP_TARGETS = {
  'apdu-command': { read: parseCommand, seeds: [...MESSAGES, ...SCP03], maxBytes: 512 },
  'apdu-response': {
    read: (bytes) => parseProtectedObjects(parseResponse(bytes).data, SM_STATUS),
    seeds: MESSAGES,
    maxBytes: 512,
  },
  'dynamic-data': {
    read: (bytes) => parseDynamicData(bytes, 'fuzz'),
    seeds: PACE,
    inputs: [ENCRYPTED_NONCE, TOKEN_AND_REFERENCES],
    maxBytes: 512,
  },
  'pace-selection': {
    read: parsePaceSelection,
    seeds: PACE,
    inputs: [hex('800A04007F00070202040202830102'), hex('800A04007F0007020204020483010284010D')],
    maxBytes: 256,
  },
  'generated-ec-key': {
    read: (bytes) => parseGeneratedKey(bytes, EC_KIND),
    seeds: [],
    inputs: [EC_POINT],
    maxBytes: 256,
  },
  'generated-rsa-key': {
    read: (bytes) => parseGeneratedKey(bytes, RSA_KIND),
    seeds: [],
    inputs: [RSA_KEY],
    maxBytes: 512,
  },
  'initialize-update': { read: parseInitializeUpdateAnswer, seeds: SCP03, maxBytes: 64 },
  'key-information': { read: parseKeyInformation, seeds: [], inputs: KEYS, maxBytes: 256 },
  cplc: { read: parseCplc, seeds: [], inputs: [CPLC], maxBytes: 64 },
  'card-recognition': {
    read: parseCardRecognition,
    seeds: [],
    inputs: [RECOGNITION],
    maxBytes: 256,
  },
  'load-file': { read: parseLoadFileDataBlock, seeds: [], inputs: [LOAD_FILE], maxBytes: 1_024 },
  'install-fields': {
    read: (data) => parseInstallFields(data, 5),
    seeds: [],
    inputs: [INSTALL],
    maxBytes: 256,
  },
  'data-groupings': { read: parseDataGroupings, seeds: [], inputs: [GROUPINGS], maxBytes: 512 },
} as const satisfies Record<string, FuzzTarget>;
