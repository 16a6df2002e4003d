export { COMMON_WORDS } from "./common-words.ts";
export { createDetector, type Kernel, loadKernel } from "./detector.ts";
export * from "./fold/index.ts";
export { decodeWeights, trainedModel } from "./model/weights-file.ts";
export * from "./oracle/index.ts";
export * from "./pack/index.ts";
export { compilePack, openPackBlob, PackBlobError } from "./pack-blob.ts";
export type { TextResult, TextStream } from "./stream.ts";
export * from "./types.ts";
