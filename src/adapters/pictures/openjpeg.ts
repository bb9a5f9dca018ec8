import loadOpenJpeg, { type OpenJpeg } from '@cornerstonejs/codec-openjpeg/wasmjs';

let loaded: Promise<OpenJpeg> | undefined;

/**
 * Runs `work` with OpenJPEG in its own memory. A failure can leave that memory in any state, so
 * whoever comes after it gets a new one, those who waited for the same one among them.
 */
export async function withOpenJpeg<Result>(work: (codec: OpenJpeg) => Result): Promise<Result> {
  // It talks of every picture; nothing of that belongs into a log.
  const quiet = { print: () => undefined, printErr: () => undefined };
  const mine = (loaded ??= loadOpenJpeg(quiet));
  try {
    const codec = await mine;
    if (loaded === mine) return work(codec);
  } catch (error) {
    if (loaded === mine) loaded = undefined;
    throw error;
  }
  return withOpenJpeg(work);
}
