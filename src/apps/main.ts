import { runCli } from './cli/run-cli';
import { COMMANDS } from './commands';
import { processTerminal } from './terminal';

// Whoever reads may go away, as `head` does. What was begun, a card or a ceremony, comes to its
// end all the same, and with its own exit status.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

void runCli(process.argv.slice(2), { terminal: processTerminal(), commands: COMMANDS }).then(
  (exitStatus) => {
    process.exitCode = exitStatus;
  },
);
