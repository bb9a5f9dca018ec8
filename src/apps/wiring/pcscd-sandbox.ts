import {
  CARD_CHANGE_MS,
  type PcscdSandbox,
  startPcscdSandbox,
} from '../../adapters/pcsc/sandbox/pcscd-sandbox';

export { CARD_CHANGE_MS };

/**
 * A pcscd with virtual readers of its own, or undefined where this machine has no pcscd with vpcd
 * or permits no namespaces.
 */
export async function openPcscdSandbox(readers: number): Promise<PcscdSandbox | undefined> {
  const sandbox = await startPcscdSandbox({ readers }).catch(() => undefined);
  if (sandbox === undefined || sandbox.kind === 'private') return sandbox;
  await sandbox.stop();
  return undefined;
}
