import { ProductionError } from '../../production/errors';
import type { HostAnswer, HostCall, HostRequest } from './host-messages';
import { ReaderList } from './reader-list';

/**
 * The process that holds the native PC/SC library, started by `PcscService`. A card that never
 * answers blocks a thread of it for good, and a block in the library may stop its event loop: both
 * end with the process and never reach the line. It serves one connection to pcscd and dies with
 * it, so that no dead handle is ever used again.
 */
let readers: Promise<ReaderList> | undefined;

process.on('message', (request: HostRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});
process.on('disconnect', die);

async function answer({ id, call }: HostRequest): Promise<HostAnswer> {
  try {
    return { id, result: await run(call) };
  } catch (error) {
    if (!(error instanceof ProductionError)) throw error;
    const { code, place, reasons } = error;
    return { id, failure: { code, place, reasons } };
  }
}

async function run(call: HostCall): Promise<unknown> {
  const list = await openOnce();
  switch (call.call) {
    case 'list':
      return list.names();
    case 'connect':
      return (await list.find(call.reader)).connect(call.timeoutMs);
    case 'transmit':
      return list.slot(call.reader).transmit(call.cardId, call.command);
    case 'reset':
      return list.slot(call.reader).reset(call.cardId);
    case 'disconnect':
      return list.slot(call.reader).disconnect(call.cardId);
  }
}

async function openOnce(): Promise<ReaderList> {
  readers ??= ReaderList.open(die);
  try {
    return await readers;
  } catch (error) {
    // pcscd may be started later.
    readers = undefined;
    throw error;
  }
}

/** An orderly exit would wait for threads that wait for a silent card. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
