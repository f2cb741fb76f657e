/** Comparisons of two operands, element by element, and the choice between two by such a mask. */
import {
  f32,
  f32x4,
  type FunctionBody,
  i16x8,
  i32,
  i32x4,
  i8x16,
  type Local,
  type ModuleWriter,
  v128,
  type V128,
  type Value,
} from "../assembler/index.ts";
import { pairParameters } from "./elementwise.ts";

interface Form {
  readonly four: (a: V128, b: V128) => V128;
  readonly one: (a: Value<"f32">, b: Value<"f32">) => Value<"i32">;
}

const forms = {
  eq: { four: f32x4.eq, one: f32.eq },
  ne: { four: f32x4.ne, one: f32.ne },
  lt: { four: f32x4.lt, one: f32.lt },
  le: { four: f32x4.le, one: f32.le },
  gt: { four: f32x4.gt, one: f32.gt },
  ge: { four: f32x4.ge, one: f32.ge },
} satisfies Record<string, Form>;

/** Those that have a kernel, by its name. */
export const compareNames = Object.keys(forms);

/** As `writeBinary`, but a result is a byte, 0 or 1. */
export function writeComparisons(writer: ModuleWriter): void {
  for (const [name, { four, one }] of Object.entries(forms))
    writer.function(name, pairParameters, (f, args) => {
      const { a, b, out, n } = args;
      const i = f.local("i32");
      const at = (base: Local<"i32">) => i32.add(base, i32.shl(i, 2));
      const row = (first: Local<"v128"> | null, second: Local<"v128"> | null) => {
        const masks = [0, 16, 32, 48].map((offset) =>
          four(first ?? v128.load(at(a), offset), second ?? v128.load(at(b), offset)),
        ) as [V128, V128, V128, V128];
        f.set(i, 0);
        f.upTo(i, f.local(i32.and(n, -16)), 16, () => {
          const [p, q, r, s] = masks;
          const bytes = i8x16.narrow(i16x8.narrow(p, q), i16x8.narrow(r, s));
          const truth = v128.and(bytes, f.constant(i8x16.splat(1)));
          f.emit(v128.store(i32.add(out, i), truth));
        });
        f.upTo(i, n, 1, () => {
          const x = first === null ? f32.load(at(a)) : f32x4.lane(first, 0);
          const y = second === null ? f32.load(at(b)) : f32x4.lane(second, 0);
          f.emit(i32.store8(i32.add(out, i), one(x, y)));
        });
      };
      const r = f.local("i32");
      f.upTo(r, args.rows, 1, () => {
        f.if(
          i32.eqz(args.bStep),
          () => row(null, f.local(v128.load32Splat(b))),
          () =>
            f.if(
              i32.eqz(args.aStep),
              () => row(f.local(v128.load32Splat(a)), null),
              () => row(null, null),
            ),
        );
        f.advance(a, args.aRow);
        f.advance(b, args.bRow);
        f.advance(out, n);
      });
    });
}

/** Four bytes at `address` as four i32. */
export function loadBytes(f: FunctionBody, address: Value<"i32">): V128 {
  const zero = f.constant(i32x4.const(0));
  const places = [0, 1, 2, 3].flatMap((byte) => [byte, 16, 16, 16]);
  return v128.shuffle(v128.load32Zero(address), zero, places);
}

/**
 * Kernel `where(condition, a, aStep, b, bStep, out, n)`: `condition[i] ? a[i] : b[i]`; a step of 0
 * stands still.
 */
export function writeWhere(writer: ModuleWriter): void {
  const parameters = {
    condition: "i32",
    a: "i32",
    aStep: "i32",
    b: "i32",
    bStep: "i32",
    out: "i32",
    n: "i32",
  } as const;
  writer.function("where", parameters, (f, { condition, a, aStep, b, bStep, out, n }) => {
    const i = f.local("i32");
    const [aFour, bFour] = [f.local("v128"), f.local("v128")];
    f.set(aFour, v128.load32Splat(a));
    f.set(bFour, v128.load32Splat(b));
    const at = (base: Local<"i32">) => i32.add(base, i32.shl(i, 2));
    f.upTo(i, f.local(i32.and(n, -4)), 4, () => {
      f.if(aStep, () => f.set(aFour, v128.load(at(a))));
      f.if(bStep, () => f.set(bFour, v128.load(at(b))));
      const mask = i32x4.eq(loadBytes(f, i32.add(condition, i)), f.constant(i32x4.const(0)));
      f.emit(v128.store(at(out), v128.bitselect(bFour, aFour, mask)));
    });
    f.upTo(i, n, 1, () => {
      const pick = (base: Local<"i32">, step: Local<"i32">) =>
        f32.load(i32.add(base, i32.shl(i32.mul(i, step), 2)));
      f.if(
        i32.load8(i32.add(condition, i)),
        () => f.emit(f32.store(at(out), pick(a, aStep))),
        () => f.emit(f32.store(at(out), pick(b, bStep))),
      );
    });
  });
}
