import { addBenchCommands } from './bench/bench-commands';
import { addBatchCommands } from './cli/batch-commands';
import { addCardCommands } from './cli/card-commands';
import { addDoctorCommand } from './cli/doctor-command';
import { addDocumentCommands } from './cli/document-commands';
import { addFaceCommands } from './cli/face-commands';
import { addKeyCommands } from './cli/key-commands';
import { addProfileCommands } from './cli/profile-commands';
import { addRecordCommands } from './cli/record-commands';
import { addServiceCommands } from './cli/service-commands';
import type { AddCommands } from './command-context';
import { addCustodyCommands } from './custodian/custody-commands';
import { addDemoCommand } from './demo/demo-command';
import { addLintCommand } from './qa/lint-command';
import { addVectorsCommands } from './qa/vectors-commands';

/** The one binary: every program of `apps/` adds its commands here. */
export const COMMANDS = [
  addDemoCommand,
  addDoctorCommand,
  addRecordCommands,
  addDocumentCommands,
  addBatchCommands,
  addProfileCommands,
  addCardCommands,
  addFaceCommands,
  addKeyCommands,
  addCustodyCommands,
  addServiceCommands,
  addLintCommand,
  addVectorsCommands,
  addBenchCommands,
] as const satisfies readonly AddCommands[];
