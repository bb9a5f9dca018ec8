import { addBenchCommands } from './bench/bench-commands';
import { addCardCommands } from './cli/card-commands';
import { addDoctorCommand } from './cli/doctor-command';
import { addDocumentCommands } from './cli/document-commands';
import { addFaceCommands } from './cli/face-commands';
import { addKeyCommands } from './cli/key-commands';
import { addProfileCommands } from './cli/profile-commands';
import { addRecordCommands } from './cli/record-commands';
import { runCli } from './cli/run-cli';
import { addServiceCommands } from './cli/service-commands';
import { addDemoCommand } from './demo/demo-command';
import { processTerminal } from './terminal';

/** The one binary: every program of `apps/` adds its commands here. */
const COMMANDS = [
  addDemoCommand,
  addDoctorCommand,
  addRecordCommands,
  addDocumentCommands,
  addProfileCommands,
  addCardCommands,
  addFaceCommands,
  addKeyCommands,
  addServiceCommands,
  addBenchCommands,
];

void runCli(process.argv.slice(2), { terminal: processTerminal(), commands: COMMANDS }).then(
  (exitStatus) => {
    process.exitCode = exitStatus;
  },
);
