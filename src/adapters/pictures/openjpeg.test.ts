import { withOpenJpeg } from './openjpeg';

test('whoever waited beside a failure works in a memory that it did not touch', async () => {
  const [used, failed, next, last] = await Promise.allSettled([
    withOpenJpeg((codec) => codec),
    withOpenJpeg((): unknown => {
      throw new Error('a picture that breaks it');
    }),
    withOpenJpeg((codec) => codec),
    withOpenJpeg((codec) => codec),
  ]);
  expect(failed.status).toBe('rejected');
  if (used.status !== 'fulfilled' || next.status !== 'fulfilled' || last.status !== 'fulfilled') {
    throw new Error('the others are done');
  }
  expect(next.value).not.toBe(used.value);
  expect(last.value).toBe(next.value);
});
