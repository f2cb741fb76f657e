/** The largest element under each place of a window, four places at once, and the slope's way back. */
import {
  f32,
  f32x4,
  i32,
  i32x4,
  type ModuleWriter,
  select,
  type V128,
  v128,
  type Value,
} from "../assembler/index.ts";
import { smaller, sum } from "./matmul/parts.ts";
import { whole } from "./matmul/routine.ts";

const parameters = {
  ...whole("x", "out", "index", "planes", "height", "width", "top", "left"),
  ...whole("kernelHeight", "kernelWidth", "down", "right", "gapDown", "gapRight"),
  ...whole("rows", "columns"),
} as const;

/** Writes `maxPool`: the first of equals and its number in its plane; NaN is larger than all. */
export function writeMaxPool(writer: ModuleWriter): void {
  writer.function("maxPool", parameters, (f, args) => {
    const { x, out, index, planes, height, width, top, left, rows, columns } = args;
    const { kernelHeight, kernelWidth, down, right, gapDown, gapRight } = args;
    const number = () => f.local("i32");
    const [i, j, y, column, start] = [number(), number(), number(), number(), number()];
    const [startY, endY, startX, endX] = [number(), number(), number(), number()];
    const [address, place, placeEnd, chosen] = [number(), number(), number(), number()];
    const [best, value] = [f.local("f32"), f.local("f32")];
    const vector = () => f.local("v128");
    const [most, taken, here, four, isTaken] = [vector(), vector(), vector(), vector(), vector()];
    // 0, 1, 2 and 3 strides.
    const lanes = f.local(spread(right));
    const reach = f.local(i32.add(i32.mul(right, 3), i32.mul(i32.sub(kernelWidth, 1), gapRight)));
    const bytesRight = f.local(i32.shl(right, 2));

    // The last four places of a row are then taken together, some of them for the second time.
    const back = f.local("i32");
    const lastFour = f.local(i32.sub(i32.mul(i32.sub(columns, 4), right), left));
    const endsInFour = f.local(
      i32.and(
        i32.and(i32.ge(columns, 4), i32.ge(lastFour, 0)),
        i32.lt(i32.add(lastFour, reach), width),
      ),
    );

    const single = () => {
      f.set(start, i32.sub(i32.mul(j, right), left));
      f.set(startX, firstInside(start, gapRight));
      f.set(endX, smaller(i32.add(start, i32.mul(kernelWidth, gapRight)), width));
      f.set(best, f32.const(-Infinity));
      f.set(y, startY);
      f.set(chosen, i32.add(i32.mul(startY, width), startX));
      f.while(i32.lt(y, endY), () => {
        f.set(place, i32.add(i32.mul(y, width), startX));
        f.set(placeEnd, i32.add(i32.mul(y, width), endX));
        f.while(i32.lt(place, placeEnd), () => {
          f.set(value, f32.load(i32.add(x, i32.shl(place, 2))));
          f.if(i32.or(f32.gt(value, best), f32.ne(value, value)), () => {
            f.set(best, value);
            f.set(chosen, place);
          });
          f.advance(place, gapRight);
        });
        f.advance(y, gapDown);
      });
      f.emit(f32.store(out, best), i32.store(index, chosen));
      f.advance(out, 4);
      f.advance(index, 4);
      f.advance(j, 1);
    };
    const quad = () => {
      f.set(y, startY);
      f.set(most, f32x4.splat(-Infinity));
      f.set(taken, i32x4.add(i32x4.splat(i32.add(i32.mul(startY, width), start)), lanes));
      f.while(i32.lt(y, endY), () => {
        f.set(place, i32.add(i32.mul(y, width), start));
        f.set(address, i32.add(x, i32.shl(place, 2)));
        f.set(column, kernelWidth);
        f.repeat(() => {
          f.if(
            i32.eq(right, 2),
            () =>
              f.set(four, v128.shuffle32(v128.load(address), v128.load(address, 12), [0, 2, 5, 7])),
            () =>
              f.if(
                i32.eq(right, 1),
                () => f.set(four, v128.load(address)),
                () => {
                  f.set(four, v128.load32Zero(address));
                  for (const lane of [1, 2, 3])
                    f.set(
                      four,
                      v128.load32Lane(i32.add(address, i32.mul(bytesRight, lane)), four, lane),
                    );
                },
              ),
          );
          f.set(here, i32x4.add(i32x4.splat(place), lanes));
          f.set(isTaken, v128.or(f32x4.gt(four, most), f32x4.ne(four, four)));
          f.set(most, v128.bitselect(four, most, isTaken));
          f.set(taken, v128.bitselect(here, taken, isTaken));
          f.advance(place, gapRight);
          f.advance(address, i32.shl(gapRight, 2));
          f.advance(column, -1);
        }, column);
        f.advance(y, gapDown);
      });
      f.emit(v128.store(out, most), v128.store(index, taken));
      f.advance(out, 16);
      f.advance(index, 16);
      f.advance(j, 4);
    };
    f.while(planes, () => {
      f.set(i, 0);
      f.upTo(i, rows, 1, () => {
        f.set(start, i32.sub(i32.mul(i, down), top));
        f.set(startY, firstInside(start, gapDown));
        f.set(endY, smaller(i32.add(start, i32.mul(kernelHeight, gapDown)), height));
        f.set(j, 0);
        f.while(i32.lt(j, columns), () => {
          f.set(back, i32.sub(i32.add(j, 4), columns));
          f.if(i32.and(endsInFour, i32.gt(back, 0)), () => {
            f.advance(j, i32.sub(0, back));
            f.advance(out, i32.mul(back, -4));
            f.advance(index, i32.mul(back, -4));
          });
          f.set(start, i32.sub(i32.mul(j, right), left));
          const fits = i32.lt(i32.add(start, reach), width);
          f.if(
            i32.and(i32.and(i32.ge(start, 0), fits), i32.le(i32.add(j, 4), columns)),
            quad,
            single,
          );
        });
      });
      f.advance(x, i32.shl(i32.mul(height, width), 2));
      f.advance(planes, -1);
    });
  });

  const spreadParameters = whole("g", "index", "out", "planes", "count", "size");
  writer.function("maxSpread", spreadParameters, (f, args) => {
    const { g, index, out, planes, count, size } = args;
    const [left, to] = [f.local("i32"), f.local("i32")];
    const planeBytes = f.local(i32.shl(size, 2));
    f.fillMemory(out, 0, i32.mul(planes, planeBytes));
    f.while(planes, () => {
      f.set(left, count);
      f.while(left, () => {
        f.set(to, sum(out, i32.shl(i32.load(index), 2)));
        f.emit(f32.store(to, f32.add(f32.load(to), f32.load(g))));
        f.advance(g, 4);
        f.advance(index, 4);
        f.advance(left, -1);
      });
      f.advance(out, planeBytes);
      f.advance(planes, -1);
    });
  });
}

/** The first of start, start + gap, ... that is not in front of the plane. */
function firstInside(start: Value<"i32">, gap: Value<"i32">): Value<"i32"> {
  const missing = i32.sub(0, start);
  const steps = i32.div(i32.add(missing, i32.sub(gap, 1)), gap);
  return select(i32.ge(start, 0), start, i32.add(start, i32.mul(steps, gap)));
}

/** 0, 1, 2 and 3 times `step`. */
function spread(step: Value<"i32">): V128 {
  const [zero, one] = [i32x4.const(0), i32x4.splat(step)];
  const odd = v128.shuffle32(zero, one, [0, 4, 1, 5]);
  const high = v128.shuffle32(zero, i32x4.add(one, one), [0, 1, 4, 5]);
  return i32x4.add(odd, high);
}
