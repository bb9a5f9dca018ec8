import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HsmTroubles, openSoftwareHsm } from './software-hsm';
import { describeHsmTroubleContract } from './testing/hsm-trouble-contract';
import { createToken } from './token';

const PIN = 'trial-pin-4711';

describeHsmTroubleContract('hsm-mock', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'persoline-hsm-'));
  await createToken({ directory }, PIN);
  let trouble: ReturnType<NonNullable<HsmTroubles['fault']>>;
  let signatures = 0;
  const fault: HsmTroubles['fault'] = (operation) => {
    if (operation === 'sign' && trouble !== 'removed') signatures++;
    return trouble;
  };
  const set = (to: typeof trouble): Promise<void> => {
    trouble = to;
    return Promise.resolve();
  };
  return {
    open: () => openSoftwareHsm({ directory, pin: PIN, fault }),
    takeOut: () => set('removed'),
    loseAnswers: () => set('lose-answer'),
    end: () => set(undefined),
    signatures: () => Promise.resolve(signatures),
    lock: async () => {
      for (let attempt = 0; attempt < 5; attempt++) {
        await openSoftwareHsm({ directory, pin: 'wrong' }).catch(() => undefined);
      }
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
});
