/** A module of functions over one memory, which it imports as `host.memory`. */
import { type Bytes, bytes, sized, text, toArray, unsigned, vector } from "./encoding.ts";
import { type Arguments, type Callee, FunctionBody, type Parameters } from "./function.ts";
import { Local, type Type, typeCode } from "./value.ts";

/** 2 GiB: addresses are compared as signed numbers. */
export const MOST_PAGES = 32_768;

export class ModuleWriter {
  readonly #signatures: Bytes[] = [];
  readonly #functions: { name: string; signature: number; code: Uint8Array }[] = [];

  /**
   * Adds a function, exported under its name. Arguments come in the order in which `parameters`
   * names them; `body` gets them as variables. With a `result`, every path must end in `return()`.
   */
  function<P extends Parameters>(
    name: string,
    parameters: P,
    body: (f: FunctionBody, args: Arguments<P>) => void,
    result?: Type,
  ): Callee {
    const types = Object.values(parameters);
    const f = new FunctionBody(types.length);
    const entries = Object.entries(parameters).map(([key, type], i) => [key, new Local(type, i)]);
    // The entries are those of `parameters`, in order.
    body(f, Object.fromEntries(entries) as Arguments<P>);
    const signature = this.#signature(types, result === undefined ? [] : [result]);
    // As bytes at once: what the strings were joined from is garbage before there is much of it.
    const code = toArray(sized(f.encode(result !== undefined)));
    this.#functions.push({ name, signature, code });
    return { index: this.#functions.length - 1 };
  }

  /** The names of all functions, in order. */
  get names(): readonly string[] {
    return this.#functions.map(({ name }) => name);
  }

  /** The binary. A `shared` memory can only be given where one is imported. */
  encode(shared: boolean): Uint8Array<ArrayBuffer> {
    const limits = shared ? bytes(0x03, 1) + unsigned(MOST_PAGES) : bytes(0x00, 1);
    const memory = text("host") + text("memory") + bytes(0x02) + limits;
    const functions = this.#functions;
    const section = (id: number, items: readonly Bytes[]) => bytes(id) + sized(vector(items));
    const count = unsigned(functions.length);
    const size = functions.reduce((sum, { code }) => sum + code.length, count.length);
    const start = toArray(
      bytes(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0) +
        section(1, this.#signatures) +
        section(2, [memory]) +
        section(
          3,
          functions.map(({ signature }) => unsigned(signature)),
        ) +
        section(
          7,
          functions.map(({ name }, i) => text(name) + bytes(0x00) + unsigned(i)),
        ) +
        (bytes(10) + unsigned(size) + count),
    );
    const binary = new Uint8Array(start.length - count.length + size);
    binary.set(start);
    let at = start.length;
    for (const { code } of functions) {
      binary.set(code, at);
      at += code.length;
    }
    return binary;
  }

  #signature(parameters: readonly Type[], results: readonly Type[]): number {
    const codes = (types: readonly Type[]) => vector(types.map((type) => bytes(typeCode[type])));
    const signature = bytes(0x60) + codes(parameters) + codes(results);
    const known = this.#signatures.indexOf(signature);
    if (known >= 0) return known;
    this.#signatures.push(signature);
    return this.#signatures.length - 1;
  }
}
