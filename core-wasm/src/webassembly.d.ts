/**
 * The part of the WebAssembly JavaScript interface that the detector uses: Node has it, its types of this version do
 * not.
 */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    readonly exports: Record<string, unknown>;
    constructor(module: Module, imports: Record<string, Record<string, (...values: never[]) => unknown>>);
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
}
