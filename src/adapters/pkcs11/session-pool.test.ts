import type { Handle } from 'pkcs11js';
import { ProductionError } from '../../production/errors';
import { SessionPool } from './session-pool';

/** Sessions that are counted instead of opened. */
function makeSource(): {
  open: () => Handle;
  close: (session: Handle) => void;
  opened: number;
  closed: number[];
  broken: boolean;
} {
  const source = {
    opened: 0,
    closed: [] as number[],
    broken: false,
    open: (): Handle => {
      if (source.broken) throw new Error('the token is removed');
      return Buffer.from([++source.opened]);
    },
    close: (session: Handle): void => {
      source.closed.push(session[0]!);
    },
  };
  return source;
}

function gate(): { passed: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

const patient = { size: 2, timeoutMs: 10_000 };

test('a session serves one operation at a time, and no more are opened than allowed', async () => {
  const source = makeSource();
  const pool = new SessionPool(source, patient);
  const busy = new Map<number, number>();
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, () =>
      pool.use(async (session) => {
        const number = session[0]!;
        busy.set(number, (busy.get(number) ?? 0) + 1);
        most = Math.max(most, ...busy.values());
        await new Promise(setImmediate);
        busy.set(number, busy.get(number)! - 1);
      }),
    ),
  );
  expect([most, source.opened]).toEqual([1, 2]);
  await pool.close();
  expect(source.closed.toSorted()).toEqual([1, 2]);
});

test('a session in which the library failed is replaced, one that said no is kept', async () => {
  const source = makeSource();
  const pool = new SessionPool(source, { ...patient, size: 1 });
  const said = new ProductionError('HSM_WRONG_USE', 'key');
  await expect(pool.use(() => Promise.reject(said))).rejects.toBe(said);
  expect(source.closed).toEqual([]);
  const failed = new Error('CKR_SESSION_HANDLE_INVALID');
  const [first, second] = await Promise.allSettled([
    pool.use(() => Promise.reject(failed)),
    pool.use((session) => Promise.resolve(session[0])),
  ]);
  expect(first).toMatchObject({ reason: failed });
  expect(second).toMatchObject({ value: 2 });
  expect(source.closed).toEqual([1]);
});

test('an operation that throws at once leaves its session to the next', async () => {
  const source = makeSource();
  const pool = new SessionPool(source, { ...patient, size: 1 });
  const said = new ProductionError('HSM_WRONG_USE', 'key');
  const refused = pool.use(() => {
    throw said;
  });
  await expect(refused).rejects.toBe(said);
  const failed = pool.use(() => {
    throw new Error('CKR_SESSION_HANDLE_INVALID');
  });
  await expect(failed).rejects.toThrow('CKR_SESSION_HANDLE_INVALID');
  expect(source.closed).toEqual([1]);
  expect(await pool.use((session) => Promise.resolve(session[0]))).toBe(2);
});

test('an operation that takes too long is given up, and its session closed when it ends', async () => {
  const source = makeSource();
  const pool = new SessionPool(source, { size: 2, timeoutMs: 5 });
  const slow = gate();
  await expect(pool.use(() => slow.passed)).rejects.toMatchObject({
    code: 'HSM_NO_ANSWER',
    reasons: ['no answer within 5 ms; whether it was done is not known'],
  });
  expect(source.closed).toEqual([]);
  expect(await pool.use((session) => Promise.resolve(session[0]))).toBe(2);
  slow.open();
  expect(await pool.close()).toBe(true);
  expect(source.closed).toEqual([1, 2]);
});

test('a token that lets nothing go is asked for nothing more', async () => {
  const source = makeSource();
  const pool = new SessionPool(source, { size: 1, timeoutMs: 5 });
  const slow = gate();
  const code = 'HSM_NO_ANSWER';
  await expect(pool.use(() => slow.passed)).rejects.toMatchObject({ code });
  let begun = false;
  const next = pool.use(() => Promise.resolve((begun = true)));
  await expect(next).rejects.toMatchObject({
    code,
    reasons: [expect.stringContaining('not begun')],
  });
  expect([begun, await pool.close(), source.opened]).toEqual([false, false, 1]);
  slow.open();
  await slow.passed;
});

test('who waits learns that no session can be had any more', async () => {
  const source = makeSource();
  const pool = new SessionPool(source, { ...patient, size: 1 });
  const running = gate();
  const first = pool.use(async () => {
    await running.passed;
    throw new Error('CKR_DEVICE_REMOVED');
  });
  const others = [pool.use(() => Promise.resolve()), pool.use(() => Promise.resolve())];
  source.broken = true;
  running.open();
  await expect(first).rejects.toThrow('CKR_DEVICE_REMOVED');
  for (const other of others) await expect(other).rejects.toThrow('the token is removed');
});
