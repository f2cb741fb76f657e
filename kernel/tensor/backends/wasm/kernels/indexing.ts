/**
 * Kernels that read or write at places given by i32 indices, of which negative ones count from the
 * end. `misplaced` tells beforehand which index there is no place for; the others trust it.
 */
import {
  f32,
  f32x4,
  type FunctionBody,
  i32,
  type Local,
  type ModuleWriter,
  v128,
  type Value,
} from "../assembler/index.ts";
import { whole } from "./matmul/routine.ts";

/** Vectors in one round of the loop along a row. */
const UNROLLED = 4;

type Whole = Local<"i32">;

/** The place that the index at an address means among `size`. */
function placeAt(f: FunctionBody, address: Value<"i32">, size: Local<"i32">): Value<"i32"> {
  const index = f.local(i32.load(address));
  return i32.add(index, i32.and(i32.shr(index, 31), size));
}

/** What becomes of elements: they are put there, are added to those there, or are the first of a sum. */
type Way = "put" | "add" | "begin";

/** Moves `width` elements of four bytes at `from` to `to`; sums are of f32, times `factor` if there is one. */
function moveRow(
  f: FunctionBody,
  to: Local<"i32">,
  from: Local<"i32">,
  width: Local<"i32">,
  way: Way,
  factor?: Local<"v128">,
): void {
  const bytes = f.local(i32.shl(width, 2));
  const i = f.local("i32");
  const [read, write] = [i32.add(from, i), i32.add(to, i)];
  const four = (offset: number) => {
    const given = v128.load(read, offset);
    const value = factor === undefined ? given : f32x4.mul(given, factor);
    // 0 and -0 are 0.
    const before = way === "add" ? v128.load(write, offset) : f.constant(f32x4.const(0));
    f.emit(v128.store(write, way === "put" ? value : f32x4.add(before, value), offset));
  };
  f.set(i, 0);
  f.upTo(i, f.local(i32.and(bytes, -16 * UNROLLED)), 16 * UNROLLED, () => {
    for (let k = 0; k < UNROLLED; k++) four(16 * k);
  });
  f.upTo(i, f.local(i32.and(bytes, -16)), 16, () => four(0));
  f.upTo(i, bytes, 4, () => {
    const before = way === "add" ? f32.load(write) : f32.const(0);
    if (way === "put") f.emit(i32.store(write, i32.load(read)));
    else {
      const given = f32.load(read);
      const value = factor === undefined ? given : f32.mul(given, f32x4.lane(factor, 0));
      f.emit(f32.store(write, f32.add(before, value)));
    }
  });
}

function writeMisplaced(writer: ModuleWriter): void {
  const parameters = { index: "i32", n: "i32", size: "i32" } as const;
  writer.function(
    "misplaced",
    parameters,
    (f, { index, n, size }) => {
      const i = f.local("i32");
      f.upTo(i, n, 1, () => {
        const place = placeAt(f, i32.add(index, i32.shl(i, 2)), size);
        f.if(i32.geU(place, size), () => f.return(i));
      });
      f.return(i32.const(-1));
    },
    "i32",
  );
}

/**
 * Writes `distinct`: the `n` indices without repetition, in the order in which they first come, to
 * `places`; where each of them stands there to `slots`; how many there are is the result. `seen` has
 * room for `size` numbers.
 */
function writeDistinct(writer: ModuleWriter): void {
  const parameters = {
    index: "i32",
    n: "i32",
    size: "i32",
    seen: "i32",
    places: "i32",
    slots: "i32",
  } as const;
  writer.function(
    "distinct",
    parameters,
    (f, { index, n, size, seen, places, slots }) => {
      const [i, place, at, count] = f.locals("i32", 4) as [Whole, Whole, Whole, Whole];
      f.fillMemory(seen, 0, i32.shl(size, 2));
      f.upTo(i, n, 1, () => {
        f.set(place, placeAt(f, index, size));
        f.set(at, i32.add(seen, i32.shl(place, 2)));
        f.if(i32.eqz(i32.load(at)), () => {
          f.emit(i32.store(i32.add(places, i32.shl(count, 2)), place));
          f.advance(count, 1);
          f.emit(i32.store(at, count));
        });
        f.emit(i32.store(slots, i32.sub(i32.load(at), 1)));
        f.advance(index, 4);
        f.advance(slots, 4);
      });
      f.return(count);
    },
    "i32",
  );
}

/** `n` rows, each a row of a table of `rows` rows of `width` elements. */
function writeRows(writer: ModuleWriter): void {
  const parameters = {
    table: "i32",
    index: "i32",
    many: "i32",
    n: "i32",
    rows: "i32",
    width: "i32",
  } as const;
  const kernel = (
    name: string,
    row: (f: FunctionBody, place: Local<"i32">, many: Local<"i32">, width: Local<"i32">) => void,
  ) =>
    writer.function(name, parameters, (f, { table, index, many, n, rows, width }) => {
      const i = f.local("i32");
      const stride = f.local(i32.shl(width, 2));
      f.upTo(i, n, 1, () => {
        const place = i32.mul(placeAt(f, i32.add(index, i32.shl(i, 2)), rows), stride);
        row(f, f.local(i32.add(table, place)), many, width);
        f.advance(many, stride);
      });
    });
  kernel("takeRows", (f, place, many, width) => moveRow(f, many, place, width, "put"));
  kernel("putRows", (f, place, many, width) => moveRow(f, place, many, width, "put"));
  kernel("addRows", (f, place, many, width) => moveRow(f, place, many, width, "add"));
}

/**
 * Writes `foldRows`: `n` rows added up at the places of a table that `distinct` gave them. A place that
 * has not come before is the next one, and whatever was there is written over. And `foldOuter`, of the
 * rows that an element of `column` times one of `many` gives, of which each serves `each` elements.
 */
function writeFold(writer: ModuleWriter): void {
  const fold = (
    f: FunctionBody,
    { table, slots, n, width }: Record<"table" | "slots" | "n" | "width", Whole>,
    many: Whole,
    next: (stride: Whole) => void,
    factor?: { readonly value: Local<"v128">; readonly set: () => void },
  ) => {
    const [slot, count, place] = f.locals("i32", 3) as [Whole, Whole, Whole];
    const stride = f.local(i32.shl(width, 2));
    f.while(n, () => {
      factor?.set();
      f.set(slot, i32.load(slots));
      f.set(place, i32.add(table, i32.mul(slot, stride)));
      f.if(
        i32.eq(slot, count),
        () => {
          moveRow(f, place, many, width, "begin", factor?.value);
          f.advance(count, 1);
        },
        () => moveRow(f, place, many, width, "add", factor?.value),
      );
      f.advance(slots, 4);
      next(stride);
      f.advance(n, -1);
    });
  };
  const parameters = { table: "i32", slots: "i32", many: "i32", n: "i32", width: "i32" } as const;
  writer.function("foldRows", parameters, (f, args) =>
    fold(f, args, args.many, (stride) => f.advance(args.many, stride)),
  );
  writer.function(
    "foldOuter",
    whole("table", "slots", "column", "many", "n", "width", "each"),
    (f, args) => {
      const { column, many, each } = args;
      const value = f.local("v128");
      const left = f.local(i32.add(each, 0));
      const next = (stride: Whole) => {
        f.advance(column, 4);
        f.advance(left, -1);
        f.if(i32.eqz(left), () => {
          f.set(left, each);
          f.advance(many, stride);
        });
      };
      fold(f, args, many, next, { value, set: () => f.set(value, v128.load32Splat(column)) });
    },
  );
}

/** `index [outer, picks, inner]` names places along the middle of `x [outer, size, inner]`. */
function writeLanes(writer: ModuleWriter): void {
  const parameters = {
    x: "i32",
    index: "i32",
    picked: "i32",
    outer: "i32",
    picks: "i32",
    inner: "i32",
    size: "i32",
  } as const;
  type One = (f: FunctionBody, place: Local<"i32">, picked: Local<"i32">) => void;
  const kernel = (name: string, one: One) =>
    writer.function(name, parameters, (f, { x, index, picked, outer, picks, inner, size }) => {
      const [o, p, i] = [f.local("i32"), f.local("i32"), f.local("i32")];
      const row = f.local(i32.shl(inner, 2));
      f.upTo(o, outer, 1, () => {
        f.set(p, 0);
        f.upTo(p, picks, 1, () => {
          f.set(i, 0);
          f.upTo(i, row, 4, () => {
            const place = i32.mul(placeAt(f, index, size), row);
            one(f, f.local(i32.add(i32.add(x, place), i)), picked);
            f.advance(index, 4);
            f.advance(picked, 4);
          });
        });
        f.advance(x, i32.mul(size, row));
      });
    });
  kernel("gather", (f, place, picked) => f.emit(i32.store(picked, i32.load(place))));
  kernel("scatter", (f, place, picked) => f.emit(i32.store(place, i32.load(picked))));
  kernel("scatterAdd", (f, place, picked) => {
    f.emit(f32.store(place, f32.add(f32.load(place), f32.load(picked))));
  });
}

/** `n` elements of four bytes: others', or the same bits everywhere. */
function writeCopies(writer: ModuleWriter): void {
  writer.function("copy", { to: "i32", from: "i32", n: "i32" }, (f, { to, from, n }) => {
    f.copyMemory(to, from, i32.shl(n, 2));
  });
  writer.function("fill", { to: "i32", value: "f32", n: "i32" }, (f, { to, value, n }) => {
    const bytes = f.local(i32.shl(n, 2));
    const end = f.local(i32.add(to, bytes));
    f.if(
      i32.eqz(i32.bitsOf(value)),
      () => f.fillMemory(to, 0, bytes),
      () => {
        const four = f.local(f32x4.splat(value));
        f.upTo(to, f.local(i32.add(to, i32.and(bytes, -16))), 16, () =>
          f.emit(v128.store(to, four)),
        );
        f.upTo(to, end, 4, () => f.emit(f32.store(to, value)));
      },
    );
  });
}

export function writeIndexing(writer: ModuleWriter): void {
  writeMisplaced(writer);
  writeDistinct(writer);
  writeRows(writer);
  writeFold(writer);
  writeLanes(writer);
  writeCopies(writer);
}
