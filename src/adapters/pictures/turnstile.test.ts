import { createTurnstile } from './turnstile';

test('no more than the places run at once, and a failure gives its place back', async () => {
  const pass = createTurnstile(2);
  let running = 0;
  let most = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 9 }, (_, index) =>
      pass(async () => {
        most = Math.max(most, ++running);
        await new Promise((done) => setImmediate(done));
        running--;
        if (index % 3 === 0) throw new Error('broken');
        return index;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
});
