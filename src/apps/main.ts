import { runCli } from './cli/run-cli';
import { COMMANDS } from './commands';
import { processTerminal } from './terminal';

// Whoever reads may go away, as `head` does: then nobody is left to tell anything.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void runCli(process.argv.slice(2), { terminal: processTerminal(), commands: COMMANDS }).then(
  (exitStatus) => {
    process.exitCode = exitStatus;
  },
);
