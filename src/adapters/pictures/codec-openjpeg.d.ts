/** The part of the WebAssembly build of OpenJPEG that is used here; it comes without types. */
declare module '@cornerstonejs/codec-openjpeg/wasmjs' {
  export interface FrameInfo {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned: boolean;
  }

  export interface J2KEncoder {
    /** Memory for the pixels, to be filled before `encode`. */
    getDecodedBuffer(info: FrameInfo & { readonly isUsingColorTransform: boolean }): Uint8Array;
    setQuality(lossless: boolean, qualityLayers: number): void;
    setCompressionRatio(layer: number, ratio: number): void;
    encode(): void;
    getEncodedBuffer(): Uint8Array;
    delete(): void;
  }

  export interface J2KDecoder {
    getEncodedBuffer(lengthBytes: number): Uint8Array;
    decode(): void;
    getFrameInfo(): FrameInfo;
    getDecodedBuffer(): Uint8Array;
    delete(): void;
  }

  export interface OpenJpeg {
    readonly J2KEncoder: new () => J2KEncoder;
    readonly J2KDecoder: new () => J2KDecoder;
  }

  function loadOpenJpeg(options: {
    print(text: string): void;
    printErr(text: string): void;
  }): Promise<OpenJpeg>;

  export { loadOpenJpeg as default };
}
