import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ProductionError } from '../../../production/errors';
import type { KeyPlace } from '../../wiring/keys';
import type { Life } from './life';

/** So many processes at once, as so many stations would be, until no document waits. */
export async function runStations(
  { folder, place, clock, databaseUrl }: Life,
  count: number,
): Promise<void> {
  const common = [
    ...['--at', clock.now().toISOString(), '--out', join(folder, 'documents')],
    ...placeOptions(place),
  ];
  const work = Array.from({ length: count }, (_, index) => {
    const name = `station-${index + 1}`;
    const argv = ['key', 'whole-life-station', '--name', name, ...common];
    const program = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...argv], {
      env: { ...withoutPlace(process.env), DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return new Promise<void>((done, fail) => {
      program.once('error', fail);
      program.once('exit', (code) => {
        if (code === 0) done();
        else
          fail(
            new ProductionError('STATE_CONFLICT', name, [`it ended with ${code ?? 'a signal'}`]),
          );
      });
    });
  });
  await Promise.all(work);
}

/** Where the keys are is said by options alone. */
function withoutPlace(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !/^PERSOLINE_(PIN|PKCS11|HSM)_/.test(name),
  );
  return Object.fromEntries(kept);
}

/** As `readKeyPlace` reads them again. */
function placeOptions({ directory, pinFrom, token }: KeyPlace): readonly string[] {
  const options = {
    ...{ keys: directory, 'pin-from': pinFrom, 'hsm-site': token?.siteFile },
    ...{ 'pkcs11-module': token?.modulePath, 'pkcs11-token': token?.tokenLabel },
  };
  return Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
}
