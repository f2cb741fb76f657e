/** Copies between layouts, and conversions to f32. */
import {
  f32,
  f32x4,
  type FunctionBody,
  i32,
  type Local,
  type ModuleWriter,
  v128,
  type V128,
  type Value,
} from "../assembler/index.ts";
import { loadBytes } from "./compare.ts";
import { writeRow } from "./elementwise.ts";

type Four = Local<"v128">;

/** Rows that are turned at once: a cache line of the source. */
const BAND = 16;

/**
 * Kernel `restride(x, xRow, xStep, out, outRow, outStep, rows, n)` of 32-bit elements: row r of `n` goes
 * from `x + r xRow` in steps of `xStep` bytes to `out + r outRow` in steps of `outStep`. A row of `x`
 * that goes on element by element is copied at once, and one that stands still fills; where its columns
 * go on, four by four are turned.
 */
export function writeCopies(writer: ModuleWriter): void {
  const parameters = {
    x: "i32",
    xRow: "i32",
    xStep: "i32",
    out: "i32",
    outRow: "i32",
    outStep: "i32",
    rows: "i32",
    n: "i32",
  } as const;
  writer.function(
    "restride",
    parameters,
    (f, { x, xRow, xStep, out, outRow, outStep, rows, n }) => {
      const r = f.local("i32");
      const [from, to, end] = [f.local("i32"), f.local("i32"), f.local("i32")];
      const flows = i32.eq(outStep, 4);
      const jumps = i32.ne(i32.and(xStep, ~4), 0);
      f.if(i32.and(i32.and(flows, i32.eq(xRow, 4)), jumps), () =>
        f.upTo(r, f.local(i32.and(rows, -BAND)), BAND, () => {
          turnBand(f, x, xStep, out, outRow, n);
          f.advance(x, 4 * BAND);
          f.advance(out, i32.mul(outRow, BAND));
        }),
      );
      f.upTo(r, rows, 1, () => {
        f.if(
          i32.and(flows, i32.eq(xStep, 4)),
          () => f.copyMemory(out, x, i32.shl(n, 2)),
          () =>
            f.if(
              i32.and(flows, i32.eqz(xStep)),
              () => {
                const value = f.local(v128.load32Splat(x));
                writeRow(f, n, "unrolled", (i, _, store, offset) =>
                  f.emit(store(i32.add(out, i), value, offset)),
                );
              },
              () => {
                f.set(from, x);
                f.set(to, out);
                f.set(end, i32.add(out, i32.mul(n, outStep)));
                // A step that runs backwards ends below.
                f.while(i32.ne(to, end), () => {
                  f.emit(f32.store(to, f32.load(from)));
                  f.advance(from, xStep);
                  f.advance(to, outStep);
                });
              },
            ),
        );
        f.advance(x, xRow);
        f.advance(out, outRow);
      });
    },
  );

  convert(writer, "fromBytes", 1, (f, address) => f32x4.fromI32(loadBytes(f, address)));
  convert(writer, "fromInts", 4, (_, address) => f32x4.fromI32(v128.load(address)));
}

/** `BAND` rows of `n`, whose columns lie side by side at `x`, `xStep` bytes apart. */
function turnBand(
  f: FunctionBody,
  x: Local<"i32">,
  xStep: Local<"i32">,
  out: Local<"i32">,
  outRow: Local<"i32">,
  n: Local<"i32">,
): void {
  const column = f.local("i32");
  const i = f.local("i32");
  const target = f.local("i32");
  f.set(column, x);
  f.set(i, 0);
  f.upTo(i, f.local(i32.and(n, -4)), 4, () => {
    const columns = [f.local(column)];
    for (let k = 1; k < 4; k++) columns.push(f.local(i32.add(columns[k - 1]!, xStep))); // one before
    f.set(target, i32.add(out, i32.shl(i, 2)));
    for (let band = 0; band < BAND; band += 4) {
      const [a, b, c, d] = columns.map((start) => f.local(v128.load(start, 4 * band))) as [
        Four,
        Four,
        Four,
        Four,
      ];
      const [ab, cd] = [
        f.local(v128.shuffle32(a, b, [0, 4, 1, 5])),
        f.local(v128.shuffle32(c, d, [0, 4, 1, 5])),
      ];
      const [ef, gh] = [
        f.local(v128.shuffle32(a, b, [2, 6, 3, 7])),
        f.local(v128.shuffle32(c, d, [2, 6, 3, 7])),
      ];
      for (const [one, other, lanes] of [
        [ab, cd, [0, 1, 4, 5]],
        [ab, cd, [2, 3, 6, 7]],
        [ef, gh, [0, 1, 4, 5]],
        [ef, gh, [2, 3, 6, 7]],
      ] as const) {
        f.emit(v128.store(target, v128.shuffle32(one, other, lanes)));
        f.advance(target, outRow);
      }
    }
    f.advance(column, i32.shl(xStep, 2));
  });
  f.upTo(i, n, 1, () => {
    f.set(target, i32.add(out, i32.shl(i, 2)));
    for (let k = 0; k < BAND; k++) {
      f.emit(f32.store(target, f32.load(column, 4 * k)));
      f.advance(target, outRow);
    }
    f.advance(column, xStep);
  });
}

/** Kernel `name(x, out, n)`: elements of `size` bytes become f32. */
function convert(
  writer: ModuleWriter,
  name: string,
  size: 1 | 4,
  four: (f: FunctionBody, address: Value<"i32">) => V128,
): void {
  writer.function(name, { x: "i32", out: "i32", n: "i32" }, (f, { x, out, n }) => {
    const i = f.local("i32");
    const from = i32.add(x, size === 1 ? i : i32.shl(i, 2));
    const to = i32.add(out, i32.shl(i, 2));
    f.upTo(i, f.local(i32.and(n, -4)), 4, () => f.emit(v128.store(to, four(f, from))));
    f.upTo(i, n, 1, () => {
      const whole = size === 1 ? i32.load8(from) : i32.load(from);
      f.emit(f32.store(to, f32.fromI32(whole)));
    });
  });
}
