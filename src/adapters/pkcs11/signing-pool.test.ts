import { ProductionError } from '../../production/errors';
import { NothingSigned, SigningPool } from './signing-pool';
import type { SigningAnswer, SigningJob } from './signing-batch';
import type { SigningThread } from './signing-thread';

/** A thread whose answers the test gives. */
class FakeThread implements SigningThread {
  readonly batches: (readonly SigningJob[])[] = [];
  readonly given: ((answers: readonly SigningAnswer[]) => void)[] = [];
  die: (error: Error) => void = () => undefined;
  closed = false;

  sign(jobs: readonly SigningJob[]): Promise<readonly SigningAnswer[]> {
    this.batches.push(jobs);
    return new Promise((resolve, reject) => {
      this.given.push(resolve);
      this.die = reject;
    });
  }

  /** Signs the oldest batch: the signature is what was to be signed. */
  async answer(failure?: SigningAnswer): Promise<void> {
    const jobs = this.batches[this.batches.length - this.given.length] ?? [];
    this.given.shift()?.(jobs.map(({ input }) => failure ?? { signature: input }));
    await settle();
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const job = (number: number): SigningJob => ({
  mechanism: { mechanism: 1 },
  key: Buffer.alloc(8),
  input: Uint8Array.of(number),
  maxSignatureBytes: 1,
});

function makePool(size: number, timeoutMs = 60_000): [SigningPool, FakeThread[]] {
  const threads: FakeThread[] = [];
  const open = (): FakeThread => {
    threads.push(new FakeThread());
    return threads.at(-1)!;
  };
  return [new SigningPool(open, { size, timeoutMs }), threads];
}

test('opens threads as they are needed, and gives a slow one signature by signature', async () => {
  const [pool, threads] = makePool(2);
  const signed = Promise.all([1, 2, 3].map((number) => pool.sign(job(number))));
  await settle();
  expect(threads.map(({ batches }) => batches.map((jobs) => jobs.length))).toEqual([[1], [1]]);
  await threads[1]!.answer();
  await threads[0]!.answer();
  for (const thread of threads) await thread.answer();
  expect(await signed).toEqual([1, 2, 3].map((number) => Uint8Array.of(number)));
  expect(threads).toHaveLength(2);
  await pool.close();
  expect(threads.every(({ closed }) => closed)).toBe(true);
});

test('gives a quick thread batches, and one ahead', async () => {
  const [pool, [thread]] = await withQuickThread();
  const signed = Promise.all(Array.from({ length: 80 }, (_, number) => pool.sign(job(number))));
  await settle();
  expect(thread.batches.slice(-2).map((jobs) => jobs.length)).toEqual([32, 32]);
  while (thread.given.length > 0) await thread.answer();
  expect((await signed).map(([number]) => number)).toEqual(Array.from({ length: 80 }, (_, i) => i));
  await pool.close();
});

/** A pool of one thread that has answered within less than a millisecond. */
async function withQuickThread(): Promise<[SigningPool, [FakeThread]]> {
  const [pool, threads] = makePool(1);
  const now = jest.spyOn(performance, 'now').mockReturnValue(0);
  const first = pool.sign(job(0));
  await settle();
  await threads[0]!.answer();
  await first;
  now.mockRestore();
  return [pool, [threads[0]!]];
}

test('a session lost before the signature began can be tried again, in a new thread', async () => {
  const [pool, threads] = makePool(1);
  const lost = pool.sign(job(1));
  await settle();
  const [answered] = await Promise.all([
    expect(lost).rejects.toBeInstanceOf(NothingSigned),
    threads[0]!.answer({ failure: 'CKR_SESSION_HANDLE_INVALID:179', begun: false }),
  ]);
  expect(answered).toBeUndefined();
  expect(threads[0]!.closed).toBe(true);
  const again = pool.sign(job(2));
  await settle();
  await threads[1]!.answer();
  expect(await again).toEqual(Uint8Array.of(2));
});

test('a session lost after it began is a failure: it may have been signed', async () => {
  const [pool, threads] = makePool(1);
  const lost = pool.sign(job(1));
  await settle();
  await Promise.all([
    expect(lost).rejects.toMatchObject({ code: 'HSM_FAILED' }),
    threads[0]!.answer({ failure: 'CKR_SESSION_HANDLE_INVALID:179', begun: true }),
  ]);
  expect(threads[0]!.closed).toBe(true);
});

test('a failure of one signature leaves the thread to the others', async () => {
  const [pool, threads] = makePool(1);
  const refused = pool.sign(job(1));
  await settle();
  await Promise.all([
    expect(refused).rejects.toMatchObject({ code: 'HSM_WRONG_USE' }),
    threads[0]!.answer({ failure: 'CKR_KEY_FUNCTION_NOT_PERMITTED:104', begun: false }),
  ]);
  const next = pool.sign(job(2));
  await settle();
  await threads[0]!.answer();
  expect(await next).toEqual(Uint8Array.of(2));
  expect(threads).toHaveLength(1);
});

test('a silent thread is given up, its late answer is nobody’s, and others are served', async () => {
  const [pool, threads] = makePool(1, 5);
  await expect(pool.sign(job(1))).rejects.toMatchObject({
    code: 'HSM_NO_ANSWER',
    reasons: ['no answer within 5 ms; whether it was done is not known'],
  });
  await threads[0]!.answer();
  const next = pool.sign(job(2));
  await settle();
  await threads[1]!.answer();
  expect(await next).toEqual(Uint8Array.of(2));
});

test('a token that lets no thread go gets no more of them', async () => {
  const threads: FakeThread[] = [];
  const open = (): FakeThread => {
    const thread = new FakeThread();
    thread.close = () => new Promise(() => undefined);
    threads.push(thread);
    return thread;
  };
  const pool = new SigningPool(open, { size: 1, timeoutMs: 5 });
  const code = 'HSM_NO_ANSWER';
  await expect(pool.sign(job(1))).rejects.toMatchObject({ code });
  await expect(pool.sign(job(2))).rejects.toMatchObject({
    ...{ code, reasons: [expect.stringContaining('not begun')] },
  });
  expect(threads).toHaveLength(1);
  expect(await pool.close()).toBe(false);
});

test('what a thread that died had in hand is not known, and is not done again', async () => {
  const [pool, threads] = makePool(1);
  const lost = pool.sign(job(1));
  await settle();
  threads[0]!.die(new Error('gone'));
  await expect(lost).rejects.toMatchObject({ reasons: [expect.stringContaining('not known')] });
  expect(threads).toHaveLength(1);
});

test('who waits learns that no session can be opened', async () => {
  const pool = new SigningPool(
    () => {
      throw new ProductionError('HSM_LOCKED', 'token');
    },
    { size: 2, timeoutMs: 1000 },
  );
  const both = await Promise.allSettled([pool.sign(job(1)), pool.sign(job(2))]);
  expect(both).toMatchObject([
    { reason: { code: 'HSM_LOCKED' } },
    { reason: { code: 'HSM_LOCKED' } },
  ]);
});
