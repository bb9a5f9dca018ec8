import { decodeHex } from '../../standards/bytes/hex';
import type { LdsFileName } from '../document/lds-files';
import type { CardKeyWish } from '../document/perso-script';
import type {
  ChipFile,
  ChipObservation,
  ChipProfile,
  FileStep,
  FileVerb,
  ScriptStep,
} from './chip';
import { listChipContradictions } from './chip-contradictions';
import {
  CHIP_SCHEMA,
  type CardKeyYaml,
  type ChipFileYaml,
  type ChipYaml,
  type FileStepYaml,
  type StepYaml,
} from './chip-schema';
import type { CommandTemplate } from './command-template';
import {
  parseCommandTemplate,
  parseDataTemplate,
  TemplateNotationError,
} from './parse-command-template';
import type { ProfileFile } from '../ports';
import { requireProfile, type ProfileProblem, type ProfileReading } from './profile-problem';
import { CHIP_AUTHENTICATION_PROTOCOLS, PACE_PROTOCOLS } from './protocol-names';
import { readYaml, type YamlPath, type YamlSource } from './read-yaml';
import { compileSchema, listSchemaProblems } from './schema-check';
import type { TemplateScope } from './template-values';

const check = compileSchema<ChipYaml>(CHIP_SCHEMA);

const OK: readonly string[] = ['9000'];
const SCOPE_OF_FILE_VERB = {
  'create-file': 'file',
  'select-file': 'file',
  'write-file': 'write',
} as const satisfies Record<FileVerb, TemplateScope>;

/**
 * The chip in the text of a file in `card-profiles/chips/`.
 *
 * @param file its name, as it is to stand in messages
 * @throws ProductionError `PROFILE_INVALID` with everything that is wrong, each with its line.
 */
export function parseChip(text: string, file: string): ChipProfile {
  return requireProfile(readChip({ text, file }));
}

/** The chip, or everything that is wrong with it. */
export function readChip(text: ProfileFile): ProfileReading<ChipProfile> {
  const source = readYaml(text);
  if (source.problems.length > 0) return { problems: source.problems };
  const { data } = source;
  if (!check(data)) return { problems: listSchemaProblems(check, source) };
  const templates = new TemplateReader(source);
  const chip = buildChip(data, templates);
  if (templates.problems.length > 0) return { problems: templates.problems };
  const problems = listChipContradictions(chip, text.file).map(({ path, ...what }) =>
    source.problem(path, what),
  );
  return problems.length > 0 ? { problems } : { profile: chip, problems: [] };
}

/** Reads templates one after the other and keeps what is wrong with each of them. */
class TemplateReader {
  readonly problems: ProfileProblem[] = [];

  constructor(private readonly source: YamlSource) {}

  command(text: string, path: YamlPath, scope: TemplateScope): CommandTemplate {
    return this.read(path, () => parseCommandTemplate(text, scope)) ?? { header: [] };
  }

  data(text: string, path: YamlPath, scope: TemplateScope): CommandTemplate['header'] {
    return this.read(path, () => parseDataTemplate(text, scope)) ?? [];
  }

  private read<Value>(path: YamlPath, parse: () => Value): Value | undefined {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof TemplateNotationError)) throw error;
      const found = `${error.found} at character ${error.offset + 1}`;
      this.problems.push(this.source.problem(path, { found, allowed: error.allowed }));
      return undefined;
    }
  }
}

function buildChip(yaml: ChipYaml, templates: TemplateReader): ChipProfile {
  const { chip: name, application, access, files, observations, ...rest } = yaml;
  const { keyScript = [], script } = yaml;
  const { activeAuthentication, chipAuthentication, terminalAuthentication } = rest;
  const { title, purpose, limits, rewritable } = rest;
  return {
    name,
    title,
    purpose,
    application: decodeHex(application),
    limits,
    access: {
      bac: access.bac,
      pace: access.pace.map((pace) => ({
        ...pace,
        oid: PACE_PROTOCOLS.get(pace.protocol) ?? '',
      })),
    },
    ...(activeAuthentication && { activeAuthentication }),
    ...(chipAuthentication && {
      chipAuthentication: {
        ...chipAuthentication,
        oid: CHIP_AUTHENTICATION_PROTOCOLS.get(chipAuthentication.protocol) ?? '',
      },
    }),
    ...(terminalAuthentication && { terminalAuthentication }),
    files: buildFiles(files),
    rewritable,
    observations: observations.map((observation, index) =>
      buildObservation(observation, ['observations', index], templates),
    ),
    keyScript: keyScript.map((step, index) => buildStep(step, ['keyScript', index], templates)),
    script: script.map((step, index) => buildStep(step, ['script', index], templates)),
  };
}

function buildFiles(files: ChipYaml['files']): ReadonlyMap<LdsFileName, ChipFile> {
  const entries = Object.entries(files) as [LdsFileName, ChipFileYaml][];
  return new Map(
    entries.map(([name, { folder = 'application', fid, dgi }]) => [
      name,
      { folder, fid: decodeHex(fid), ...(dgi !== undefined && { dgi: decodeHex(dgi) }) },
    ]),
  );
}

function buildObservation(
  yaml: ChipYaml['observations'][number],
  path: YamlPath,
  templates: TemplateReader,
): ChipObservation {
  const { asks, send, answers, otherwise } = yaml;
  return {
    asks,
    send: send.map((text, index) => templates.command(text, [...path, 'send', index], 'anywhere')),
    answers: new Map(Object.entries(answers)),
    ...(otherwise !== undefined && { otherwise }),
  };
}

function buildStep(yaml: StepYaml, path: YamlPath, templates: TemplateReader): ScriptStep {
  switch (yaml.verb) {
    case 'verify':
      return { verb: yaml.verb };
    case 'each-file':
      return {
        verb: yaml.verb,
        ...(yaml.folder !== undefined && { folder: yaml.folder }),
        steps: yaml.steps.map((step, index) =>
          buildFileStep(step, [...path, 'steps', index], templates),
        ),
      };
    case 'open-channel': {
      const { verb, title, protocol, level, macBytes = 8 } = yaml;
      const [first, ...others] = yaml.keys;
      const keys = [buildCardKeys(first), ...others.map(buildCardKeys)] as const;
      return { verb, title, channel: { protocol, keys, level, macBytes } };
    }
    case 'put-key': {
      const { verb, title } = yaml;
      return { verb, title, keys: buildCardKeys(yaml) };
    }
    case 'generate-key': {
      const { verb, title, key, expect } = yaml;
      const send = yaml.send.map((text, index) =>
        templates.command(text, [...path, 'send', index], 'anywhere'),
      );
      return { verb, title, key, send, expectedSw: parseStatusWords(expect) };
    }
    case 'load': {
      const { verb, title, package: name, sha256, loadFile, cardChecks } = yaml;
      const bytes = { sha256: decodeHex(sha256), loadFile: decodeHex(loadFile) };
      return { verb, title, package: name, ...bytes, ...(cardChecks && { cardChecks }) };
    }
    case 'store-data': {
      const { verb, title, when, encrypted, expect } = yaml;
      return {
        verb,
        title,
        ...(when !== undefined && { when }),
        dgi: decodeHex(yaml.dgi),
        data: templates.data(yaml.data, [...path, 'data'], 'document'),
        encrypted,
        expectedSw: parseStatusWords(expect),
      };
    }
    default: {
      const { verb, title, when, expect } = yaml;
      return {
        verb,
        title,
        ...(when !== undefined && { when }),
        send: yaml.send.map((text, index) =>
          templates.command(text, [...path, 'send', index], 'document'),
        ),
        expectedSw: parseStatusWords(expect),
      };
    }
  }
}

function buildFileStep(yaml: FileStepYaml, path: YamlPath, templates: TemplateReader): FileStep {
  const expectedSw = parseStatusWords(yaml.expect);
  if (yaml.verb === 'store-file') {
    const { verb, sequenceBytes } = yaml;
    return { verb, expectedSw, ...(sequenceBytes !== undefined && { sequenceBytes }) };
  }
  const scope = SCOPE_OF_FILE_VERB[yaml.verb];
  return {
    verb: yaml.verb,
    send: templates.command(yaml.send, [...path, 'send'], scope),
    expectedSw,
  };
}

function buildCardKeys({ keySet, keyVersion, diversification }: CardKeyYaml): CardKeyWish {
  return { keySet, keyVersion: parseInt(keyVersion, 16), diversification };
}

function parseStatusWords(words: readonly string[] = OK): readonly number[] {
  return words.map((word) => parseInt(word, 16));
}
