import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process holds of the machine. */
export interface ProcessHold {
  readonly pid: number;
  readonly openFiles: number;
  readonly threads: number;
  readonly residentBytes: number;
}

/** What a program with readers holds, in itself and elsewhere. */
export interface Hold {
  /** Heap and buffers after a collection. */
  readonly heapBytes: number;
  /** Timers, sockets and the like that the event loop knows. */
  readonly resources: number;
  readonly self: ProcessHold;
  readonly children: readonly ProcessHold[];
  /** A connection to pcscd is an open file and a thread of it. */
  readonly pcscd: ProcessHold;
}

/** Measures this process, its children, and the pcscd that is reached here. */
export function measureHold(): Hold {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    heapBytes: heapUsed + arrayBuffers,
    resources: process.getActiveResourcesInfo().length,
    self: holdOf(process.pid),
    children: childrenOf(process.pid).map(holdOf),
    pcscd: holdOf(Number.parseInt(readFileSync('/run/pcscd/pcscd.pid', 'utf8'), 10)),
  };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
}

function holdOf(pid: number): ProcessHold {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const figure = (name: string) =>
    Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? Number.NaN);
  return {
    pid,
    openFiles: readdirSync(`/proc/${pid}/fd`).length,
    threads: figure('Threads'),
    residentBytes: figure('VmRSS') * 1024,
  };
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
      .split(' ')
      .filter((text) => text !== '')
      .map(Number),
  );
}
