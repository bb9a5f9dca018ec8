import { spawn } from 'node:child_process';
import { ProductionError } from '../../production/errors';
import type { PdfRasterizer } from '../../production/ports';

const TIMEOUT_MS = 30_000;

interface RasterOptions {
  readonly dotsPerInch: number;
  /** Where the program stands, if not on the path. */
  readonly tool?: string;
}

/**
 * The first page of a PDF as PNG, by `pdftoppm` of poppler-utils, without temporary files.
 *
 * @throws ProductionError `TOOL_MISSING`; `INPUT_MALFORMED` when the tool refuses the PDF.
 */
export async function rasterizePdf(
  pdf: Uint8Array,
  { dotsPerInch, tool: program = 'pdftoppm' }: RasterOptions,
): Promise<Uint8Array> {
  return await new Promise((resolve, reject) => {
    const tool = spawn(program, ['-png', '-r', String(dotsPerInch), '-singlefile', '-'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // Not the option of spawn: its timer outlives a program that could not be started.
    const watchdog = setTimeout(() => tool.kill('SIGKILL'), TIMEOUT_MS);
    const picture: Uint8Array[] = [];
    let complaint = '';
    tool.on('error', (cause) => {
      clearTimeout(watchdog);
      reject(new ProductionError('TOOL_MISSING', program, ['part of poppler-utils'], { cause }));
    });
    tool.stdout.on('data', (chunk: Uint8Array) => picture.push(chunk));
    tool.stderr.on('data', (chunk: Uint8Array) => (complaint += Buffer.from(chunk).toString()));
    tool.on('close', (status) => {
      clearTimeout(watchdog);
      if (status === 0 && picture.length > 0) resolve(new Uint8Array(Buffer.concat(picture)));
      else reject(new ProductionError('INPUT_MALFORMED', program, [firstLine(complaint)]));
    });
    // A tool that ends early closes its input; its status tells the reason.
    tool.stdin.on('error', () => undefined);
    tool.stdin.end(pdf);
  });
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

export const popplerRasterizer: PdfRasterizer = { rasterize: rasterizePdf };
