/** Writes the body of a function: locals, loops and branches around statements. */
import { type Bytes, bytes, unsigned, vector } from "./encoding.ts";
import { i32 } from "./scalar.ts";
import { type I32, join, Local, operand, Statement, type Type, typeCode, Value } from "./value.ts";

export type Parameters = Readonly<Record<string, Type>>;
export type Arguments<P extends Parameters> = { readonly [K in keyof P]: Local<P[K]> };

/** A function of the module, to be called from others. */
export interface Callee {
  readonly index: number;
}

export class FunctionBody {
  readonly #parameterCount: number;
  readonly #locals: Type[] = [];
  #code: Bytes = "";
  /** Runs before `#code`. */
  #start: Bytes = "";
  readonly #constants = new Map<Bytes, Local<"v128">>();
  /** Where statements go that are woven with others, in place of `#code`. */
  #strand: Bytes[] | null = null;

  constructor(parameterCount: number) {
    this.#parameterCount = parameterCount;
  }

  /** A new variable, 0 unless `value` is given. */
  local<T extends Type>(type: T): Local<T>;
  local<T extends Type>(value: Value<T>): Local<T>;
  local<T extends Type>(from: T | Value<T>): Local<T> {
    const type = typeof from === "string" ? from : from.type;
    const local = new Local(type, this.#parameterCount + this.#locals.length);
    this.#locals.push(type);
    if (typeof from !== "string") this.set(local, from);
    return local;
  }

  /** `count` new variables. */
  locals<T extends Type>(type: T, count: number): Local<T>[] {
    return Array.from({ length: count }, () => this.local(type));
  }

  /** A variable that holds `value` from the start: V8 would build a constant anew in every round. */
  constant(value: Value<"v128">): Local<"v128"> {
    const known = this.#constants.get(value.code);
    if (known !== undefined) return known;
    const local = this.local("v128");
    this.#start += join([value], bytes(0x21) + unsigned(local.index));
    this.#constants.set(value.code, local);
    return local;
  }

  set<T extends Type>(local: Local<T>, value: Value<T> | (T extends "i32" ? number : never)): void {
    const from = typeof value === "number" ? operand("i32", value) : value;
    this.#add(join([from], bytes(0x21) + unsigned(local.index)));
  }

  /** `local += step`. */
  advance(local: Local<"i32">, step: I32): void {
    this.#add(join([local, operand("i32", step)], bytes(0x6a, 0x21) + unsigned(local.index)));
  }

  emit(...statements: readonly Statement[]): void {
    for (const { code } of statements) this.#add(code);
  }

  /**
   * Brings the line of memory at `address` near, for a later round. As the read could fail, no compiler
   * leaves it out.
   */
  touch(address: I32, offset = 0): void {
    this.#add(join([i32.load(address, offset)], bytes(0x1a)));
  }

  if(condition: Value<"i32">, then: () => void, otherwise?: () => void): void {
    this.#add(join([condition], bytes(0x04, 0x40)));
    then();
    if (otherwise !== undefined) {
      this.#add(bytes(0x05));
      otherwise();
    }
    this.#add(bytes(0x0b));
  }

  /** `condition` is computed before every round, in code that stands twice. */
  while(condition: Value<"i32">, body: () => void): void {
    // Asked once before and then at the end: one branch a round.
    this.if(condition, () => {
      this.#add(bytes(0x03, 0x40));
      body();
      this.#add(join([condition], bytes(0x0d, 0, 0x0b)));
    });
  }

  /** `local` runs from where it stands to below `end`, a value that the body does not change. */
  upTo(local: Local<"i32">, end: I32, step: I32, body: () => void): void {
    const below = new Value("i32", join([local, operand("i32", end)], bytes(0x48)));
    this.while(below, () => {
      body();
      this.advance(local, step);
    });
  }

  /** Does `body` once, then again as long as `condition` holds. */
  repeat(body: () => void, condition: Value<"i32">): void {
    this.#add(bytes(0x03, 0x40));
    body();
    this.#add(join([condition], bytes(0x0d, 0, 0x0b)));
  }

  call(callee: Callee, ...values: readonly Value[]): void {
    this.#add(join(values, bytes(0x10) + unsigned(callee.index)));
  }

  /** The result of a function that gives one. */
  result<T extends Type>(type: T, callee: Callee, ...values: readonly Value[]): Value<T> {
    return new Value(type, join(values, bytes(0x10) + unsigned(callee.index)));
  }

  return(value?: Value): void {
    this.#add(join(value === undefined ? [] : [value], bytes(0x0f)));
  }

  copyMemory(to: I32, from: I32, count: I32): void {
    const operands = [to, from, count].map((each) => operand("i32", each));
    this.#add(join(operands, bytes(0xfc, 0x0a, 0, 0)));
  }

  fillMemory(to: I32, byte: I32, count: I32): void {
    const operands = [to, byte, count].map((each) => operand("i32", each));
    this.#add(join(operands, bytes(0xfc, 0x0b, 0)));
  }

  /**
   * What `bodies` do, none of which branches, statement by statement in turns: a processor looks only some
   * hundred instructions ahead for what does not wait for what came before.
   */
  weave(bodies: readonly (() => void)[]): void {
    const strands = bodies.map((body) => {
      const strand: Bytes[] = [];
      this.#strand = strand;
      body();
      this.#strand = null;
      return strand;
    });
    const longest = Math.max(...strands.map(({ length }) => length));
    for (let i = 0; i < longest; i++) for (const strand of strands) this.#add(strand[i] ?? "");
  }

  /** The body as the module's code section wants it. */
  encode(hasResult: boolean): Bytes {
    const locals = this.#locals.map((type) => bytes(1, typeCode[type]));
    // Every path of a function with a result ends in return(); what follows is never reached.
    const end = hasResult ? bytes(0x00, 0x0b) : bytes(0x0b);
    return vector(locals) + this.#start + this.#code + end;
  }

  #add(code: Bytes): void {
    if (this.#strand === null) this.#code += code;
    else this.#strand.push(code);
  }
}
