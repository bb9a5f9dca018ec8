import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';

const SCRIPT = `
cat >/dev/null
server=$1
shift
kill -INT "$server" 2>/dev/null
tries=0
while kill -0 "$server" 2>/dev/null && [ "$tries" -lt 600 ]; do
  sleep 0.1
  tries=$((tries + 1))
done
rm -rf -- "$@"
`;

/**
 * A shell that waits on a pipe from this program. However the program ends, even by SIGKILL, the
 * pipe closes; the shell then ends the server and removes the folders. Neither process keeps the
 * program alive.
 */
export function guardServer(
  server: ChildProcess,
  folders: readonly string[],
): ChildProcess | undefined {
  server.unref();
  if (server.pid === undefined) return undefined;
  const words = ['-c', SCRIPT, 'persoline-guard', `${server.pid}`, ...folders];
  const guard = spawn('/bin/sh', words, {
    cwd: '/',
    // Ctrl-C in the terminal must not reach the guard before its work is done.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return guard;
}
