import { expect, test } from "vitest";
import {
  f32,
  f32x4,
  f64,
  f64x2,
  i16x8,
  i32,
  i32x4,
  i8x16,
  MOST_PAGES,
  ModuleWriter,
  relaxed,
  select,
  v128,
  Value,
} from "../../../../../kernel/tensor/backends/wasm/assembler/index.ts";
import {
  bytes,
  signed,
  unsigned,
} from "../../../../../kernel/tensor/backends/wasm/assembler/encoding.ts";

type Exports = Record<string, (...numbers: number[]) => number>;

function instance(writer: ModuleWriter, memory = new WebAssembly.Memory({ initial: 1 })): Exports {
  const module = new WebAssembly.Module(writer.encode(false));
  // Exports of these modules are functions of numbers only.
  return new WebAssembly.Instance(module, { host: { memory } }).exports as Exports;
}

test("LEB128 as the specification's and DWARF's examples have it", () => {
  expect(unsigned(624_485)).toBe(bytes(0xe5, 0x8e, 0x26));
  expect(unsigned(0)).toBe(bytes(0));
  expect(unsigned(2 ** 32 - 1)).toBe(bytes(0xff, 0xff, 0xff, 0xff, 0x0f));
  expect(signed(-123_456)).toBe(bytes(0xc0, 0xbb, 0x78));
  expect(signed(63)).toBe(bytes(0x3f));
  expect(signed(64)).toBe(bytes(0xc0, 0x00));
  expect(signed(-(2 ** 31))).toBe(bytes(0x80, 0x80, 0x80, 0x80, 0x78));
});

test("arguments come in the order of their names, and a result comes back", () => {
  const writer = new ModuleWriter();
  writer.function(
    "quotient",
    { a: "i32", b: "i32" },
    (f, { a, b }) => f.return(i32.div(a, b)),
    "i32",
  );
  expect(instance(writer).quotient?.(-7, 2)).toBe(-3);
});

test("loops, branches and calls compute the sum of even numbers below n", () => {
  const writer = new ModuleWriter();
  const isEven = writer.function(
    "isEven",
    { n: "i32" },
    (f, { n }) => {
      f.if(
        i32.and(n, 1),
        () => f.return(i32.const(0)),
        () => f.return(i32.const(1)),
      );
    },
    "i32",
  );
  writer.function(
    "sum",
    { n: "i32" },
    (f, { n }) => {
      const i = f.local("i32");
      const sum = f.local("i32");
      f.upTo(i, n, 1, () => f.if(f.result("i32", isEven, i), () => f.advance(sum, i)));
      f.return(sum);
    },
    "i32",
  );
  const { sum } = instance(writer);
  expect(sum?.(0)).toBe(0);
  expect(sum?.(11)).toBe(30);
});

test("four floats at a time are added in memory, shared or not", () => {
  const writer = new ModuleWriter();
  writer.function("addFour", { a: "i32", b: "i32", out: "i32" }, (f, { a, b, out }) => {
    f.emit(v128.store(out, f32x4.add(v128.load(a), v128.load(b, 16))));
  });
  for (const shared of [false, true]) {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared });
    const module = new WebAssembly.Module(writer.encode(shared));
    const { addFour } = new WebAssembly.Instance(module, { host: { memory } }).exports as Exports;
    const floats = new Float32Array(memory.buffer);
    floats.set([1, 2, 3, 4], 0);
    floats.set([10, 20, 30, 40], 8);
    addFour?.(0, 16, 64);
    expect([...floats.subarray(16, 20)]).toEqual([11, 22, 33, 44]);
  }
});

test("memory is copied and filled", () => {
  const writer = new ModuleWriter();
  writer.function("move", { to: "i32", from: "i32", n: "i32" }, (f, { to, from, n }) => {
    f.copyMemory(to, from, n);
    f.fillMemory(from, 7, n);
  });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const bytes = new Uint8Array(memory.buffer);
  bytes.set([1, 2, 3]);
  instance(writer, memory).move?.(8, 0, 3);
  expect([...bytes.subarray(0, 11)]).toEqual([7, 7, 7, 0, 0, 0, 0, 0, 1, 2, 3]);
});

/** Operands that any instruction can be given: it is their types that validation looks at. */
const vector = f32x4.splat(1);
type Sample = readonly [string, () => Value];
const lanes = [0, 1, 2, 3] as const;
const everyByte = Array.from({ length: 16 }, (_, i) => i);
const special: Record<string, (name: string) => Value | null> = {
  shuffle: () => v128.shuffle(vector, vector, everyByte),
  shuffle32: () => v128.shuffle32(vector, vector, lanes),
  load32Lane: () => v128.load32Lane(0, vector, 1),
  load64Lane: () => v128.load64Lane(0, vector, 1),
};

function samplesOf(name: string, table: Readonly<Record<string, unknown>>): Sample[] {
  return Object.entries(table).flatMap(([key, make]): Sample[] => {
    if (key.toLowerCase().startsWith("store")) return [];
    const known = special[key];
    const build = make as (...operands: unknown[]) => Value;
    const isLane = key === "lane";
    const isShift = key.startsWith("sh");
    const ofNumbers = ["splat", "const"].includes(key) || key.startsWith("load");
    const operands = isLane ? [vector, 1] : isShift ? [vector, 3] : ofNumbers ? [1] : null;
    return [
      [`${name}.${key}`, () => known?.(key) ?? build(...(operands ?? [vector, vector, vector]))],
    ];
  });
}

const vectors: Sample[] = [
  ...samplesOf("v128", v128),
  ...samplesOf("f32x4", f32x4),
  ...samplesOf("f64x2", f64x2),
  ...samplesOf("i32x4", i32x4),
  ...samplesOf("i8x16", i8x16),
  ...samplesOf("i16x8", i16x8),
];
const scalars: Sample[] = Object.entries({ i32, f32, f64 }).flatMap(([name, table]) =>
  Object.entries(table)
    .filter(([key]) => !key.startsWith("store"))
    // Plain numbers become constants of the type that each instruction takes.
    .map(([key, make]): Sample => [
      `${name}.${key}`,
      () => (make as (a: number, b?: number) => Value)(2, 1),
    ]),
);

test.each([...vectors, ...scalars])("%s is a valid instruction", (_, make) => {
  const writer = new ModuleWriter();
  const value = make();
  writer.function("run", {}, (f) => f.return(value), value.type);
  expect(WebAssembly.validate(writer.encode(false))).toBe(true);
});

test("stores and selects are valid instructions", () => {
  const writer = new ModuleWriter();
  writer.function("run", {}, (f) => {
    f.emit(
      v128.store(0, vector, 16),
      v128.store32Lane(0, vector, 3),
      v128.store64Lane(0, vector, 1),
    );
    f.emit(i32.store(0, 1), i32.store8(0, 1), f32.store(0, 1), f64.store(0, 1));
    f.set(f.local("v128"), select(1, vector, vector));
    f.set(f.local("f32"), select(1, f32.const(1), f32.const(2)));
  });
  expect(WebAssembly.validate(writer.encode(false))).toBe(true);
});

test("woven bodies compute what each does alone, statement by statement in turns", () => {
  const writer = new ModuleWriter();
  writer.function("run", { from: "i32", to: "i32" }, (f, { from, to }) => {
    const square = (offset: number, powers: number) => () => {
      let x = f.local(f32.load(from, offset));
      for (let k = 0; k < powers; k++) x = f.local(f32.mul(x, x));
      f.emit(f32.store(to, x, offset));
    };
    f.weave([square(0, 1), square(4, 3), square(8, 0)]);
  });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const floats = new Float32Array(memory.buffer);
  floats.set([3, 2, 5]);
  instance(writer, memory).run?.(0, 64);
  expect([...floats.subarray(16, 19)]).toEqual([9, 256, 5]);
  const order = (woven: boolean) => {
    const again = new ModuleWriter();
    again.function("run", {}, (f) => {
      const bodies = [0, 8].map((at) => () => {
        f.emit(i32.store(at, 1), i32.store(at + 4, 2));
      });
      if (woven) f.weave(bodies);
      else for (const at of [0, 8, 4, 12]) f.emit(i32.store(at, at % 8 === 0 ? 1 : 2));
    });
    return again.encode(false);
  };
  expect(order(true)).toEqual(order(false));
});

test("relaxed instructions multiply, add and choose where the machine has them", () => {
  const writer = new ModuleWriter();
  writer.function("run", {}, (f) => {
    const [x, y, z] = [2, 3, 4].map((value) => f32x4.splat(value)) as [
      Value<"v128">,
      Value<"v128">,
      Value<"v128">,
    ];
    f.emit(v128.store(0, relaxed.madd(x, y, z)), v128.store(16, relaxed.nmadd(x, y, z)));
    const two = f64x2.splat(2);
    f.emit(v128.store(32, relaxed.madd64(two, f64x2.splat(3), two)));
    const isLarge = f32x4.gt(v128.load(64), x);
    f.emit(v128.store(48, relaxed.laneSelect(y, z, isLarge)));
  });
  const code = writer.encode(false);
  // Node 20 has none: there the plain variant runs.
  if (!WebAssembly.validate(code)) return;
  const memory = new WebAssembly.Memory({ initial: 1 });
  new Float32Array(memory.buffer, 64, 4).set([1, 3, Number.NaN, 5]);
  instance(writer, memory).run?.();
  expect([...new Float32Array(memory.buffer, 48, 4)]).toEqual([4, 3, 4, 3]);
  expect([...new Float32Array(memory.buffer, 0, 8)]).toEqual([10, 10, 10, 10, -2, -2, -2, -2]);
  expect([...new Float64Array(memory.buffer, 32, 2)]).toEqual([8, 8]);
});
