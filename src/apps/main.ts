import { runCli } from './cli/run-cli';
import { COMMANDS } from './commands';
import { processTerminal } from './terminal';

void runCli(process.argv.slice(2), { terminal: processTerminal(), commands: COMMANDS }).then(
  (exitStatus) => {
    process.exitCode = exitStatus;
  },
);
