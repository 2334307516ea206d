import { setFlagsFromString } from 'node:v8';

/** What is used of it; its types come with those of a browser only. */
interface WebAssemblyApi {
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (code: Uint8Array) => object;
  readonly CompileError: new () => Error;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

export interface WebAssemblyInstance {
  readonly memory: ArrayBuffer;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** An instance of a module in base64, with so many pages of 64 KiB, no more and no fewer. Null: there is no WebAssembly with SIMD here. */
export function startWebAssembly(code: string, pages: number): WebAssemblyInstance | null {
  const { WebAssembly: api } = globalThis as unknown as { readonly WebAssembly?: WebAssemblyApi };
  if (api === undefined) return null;
  const memory = new api.Memory({ initial: pages, maximum: pages });
  try {
    const { exports } = new api.Instance(compile(api, code), { env: { memory } });
    return { memory: memory.buffer, exports };
  } catch (error) {
    // Without SIMD the module is none. Asking `validate` first would compile it twice.
    if (error instanceof api.CompileError) return null;
    throw error;
  }
}

/**
 * V8's quick compiler makes code that takes twice as long, and is replaced only after seconds of it (Node 20: in the ninth second of
 * reading 8 MB/s): such a small module is compiled well at once.
 */
function compile(api: WebAssemblyApi, code: string): object {
  setFlagsFromString('--no-liftoff');
  try {
    return new api.Module(Buffer.from(code, 'base64'));
  } finally {
    setFlagsFromString('--liftoff');
  }
}
