import { createPictureDecoder } from '../../adapters/pictures/picture-decoder';
import { createPictureProcessor } from '../../adapters/pictures/picture-processor';
import { openRecordSource } from '../../adapters/sources/open-record-source';
import type { PictureDecoder, PictureProcessor, RecordSource } from '../../production/ports';

/** `dir:PATH`, a path, or `postgres://…`. @throws ProductionError `SOURCE_UNREADABLE` */
export function openSource(name: string): Promise<RecordSource> {
  return openRecordSource(name);
}

export function openPictures(): PictureProcessor {
  return createPictureProcessor();
}

export function openPictureDecoder(): PictureDecoder {
  return createPictureDecoder();
}
