import loadOpenJpeg, { type OpenJpeg } from '@cornerstonejs/codec-openjpeg/wasmjs';

let loaded: Promise<OpenJpeg> | undefined;

/**
 * Runs `work` with OpenJPEG in its own memory. A failure can leave that memory in any state, so the
 * next caller gets a new one.
 */
export async function withOpenJpeg<Result>(work: (codec: OpenJpeg) => Result): Promise<Result> {
  // It talks of every picture; nothing of that belongs into a log.
  const quiet = { print: () => undefined, printErr: () => undefined };
  loaded ??= loadOpenJpeg(quiet);
  try {
    return work(await loaded);
  } catch (error) {
    loaded = undefined;
    throw error;
  }
}
