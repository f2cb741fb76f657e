/**
 * Means over rectangles of rows and columns, and their reverse. A span is three numbers of a table:
 * start, end, and what its sum is divided by. Rows are put together in vectors first, in f64 as their
 * number is not bounded, and then the columns.
 */
import { f32, f32x4, f64, f64x2, i32, type ModuleWriter, v128 } from "../assembler/index.ts";
import { sum } from "./matmul/parts.ts";
import { whole } from "./matmul/routine.ts";

/** Bytes of a span. */
const SPAN = 12;

const parameters = whole(
  "from",
  "to",
  "planes",
  "height",
  "width",
  "rowSpans",
  "columnSpans",
  "columnEnd",
  "scratch",
);

/**
 * Writes `averagePool` and `averageSpread`; `scratch` has room for `width` f64. Column spans follow the
 * rows'.
 */
export function writeAveragePool(writer: ModuleWriter): void {
  writer.function("averagePool", parameters, (f, args) => {
    const { from, to, planes, height, width, rowSpans, columnSpans, columnEnd, scratch } = args;
    const number = () => f.local("i32");
    const [row, column, x, y, line, end] = [
      number(),
      number(),
      number(),
      number(),
      number(),
      number(),
    ];
    const total = f.local("f64");
    const pair = f.local("v128");
    const rowBytes = f.local(i32.shl(width, 2));
    const pairs = f.local(i32.and(width, -2));
    f.while(planes, () => {
      f.set(row, rowSpans);
      f.upTo(row, columnSpans, SPAN, () => {
        f.set(line, scratch);
        f.set(x, 0);
        const down = (body: () => void) => {
          f.set(y, sum(from, i32.mul(i32.load(row), rowBytes), i32.shl(x, 2)));
          f.set(end, sum(from, i32.mul(i32.load(row, 4), rowBytes)));
          f.while(i32.lt(y, end), () => {
            body();
            f.advance(y, rowBytes);
          });
        };
        f.upTo(x, pairs, 2, () => {
          f.set(pair, f64x2.splat(0));
          down(() => f.set(pair, f64x2.add(pair, f64x2.fromF32(v128.load64Zero(y)))));
          f.emit(v128.store(line, pair));
          f.advance(line, 16);
        });
        f.if(i32.lt(x, width), () => {
          f.set(total, f64.const(0));
          down(() => f.set(total, f64.add(total, f64.fromF32(f32.load(y)))));
          f.emit(f64.store(line, total));
        });
        f.set(column, columnSpans);
        f.upTo(column, columnEnd, SPAN, () => {
          f.set(total, f64.const(0));
          f.set(line, i32.add(scratch, i32.shl(i32.load(column), 3)));
          f.set(end, i32.add(scratch, i32.shl(i32.load(column, 4), 3)));
          f.upTo(line, end, 8, () => f.set(total, f64.add(total, f64.load(line))));
          const divisor = i32.mul(i32.load(row, 8), i32.load(column, 8));
          f.emit(f32.store(to, f32.fromF64(f64.div(total, f64.fromI32(divisor)))));
          f.advance(to, 4);
        });
      });
      f.advance(from, i32.mul(height, rowBytes));
      f.advance(planes, -1);
    });
  });

  writer.function("averageSpread", parameters, (f, args) => {
    const { from, to, planes, height, width, rowSpans, columnSpans, columnEnd, scratch } = args;
    const number = () => f.local("i32");
    const [row, column, x, y, yEnd] = [number(), number(), number(), number(), number()];
    const [line, end, target] = [number(), number(), number()];
    const share = f.local("f32");
    const rowBytes = f.local(i32.shl(width, 2));
    const fours = f.local(i32.and(rowBytes, -16));
    f.fillMemory(to, 0, i32.mul(i32.mul(planes, height), rowBytes));
    f.while(planes, () => {
      f.set(row, rowSpans);
      f.upTo(row, columnSpans, SPAN, () => {
        f.fillMemory(scratch, 0, rowBytes);
        f.set(column, columnSpans);
        f.upTo(column, columnEnd, SPAN, () => {
          const divisor = i32.mul(i32.load(row, 8), i32.load(column, 8));
          f.set(share, f32.div(f32.load(from), f32.fromI32(divisor)));
          f.set(line, i32.add(scratch, i32.shl(i32.load(column), 2)));
          f.set(end, i32.add(scratch, i32.shl(i32.load(column, 4), 2)));
          f.upTo(line, end, 4, () => f.emit(f32.store(line, f32.add(f32.load(line), share))));
          f.advance(from, 4);
        });
        f.set(y, i32.load(row));
        f.set(yEnd, i32.load(row, 4));
        f.upTo(y, yEnd, 1, () => {
          f.set(x, 0);
          f.set(target, i32.add(to, i32.mul(y, rowBytes)));
          f.upTo(x, fours, 16, () => {
            const added = f32x4.add(v128.load(target), v128.load(i32.add(scratch, x)));
            f.emit(v128.store(target, added));
            f.advance(target, 16);
          });
          f.upTo(x, rowBytes, 4, () => {
            f.emit(f32.store(target, f32.add(f32.load(target), f32.load(i32.add(scratch, x)))));
            f.advance(target, 4);
          });
        });
      });
      f.advance(to, i32.mul(height, rowBytes));
      f.advance(planes, -1);
    });
  });
}
