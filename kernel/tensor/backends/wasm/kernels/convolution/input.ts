/**
 * The reverse of convolution in the image: `patches [taps, places] = filterᵀ [taps, filters] g [filters,
 * places]`, a block at a time, each element added to where its patch was read.
 */
import { f32, f32x4, i32, type ModuleWriter, v128 } from "../../assembler/index.ts";
import { smaller, sum } from "../matmul/parts.ts";
import { EDGE, type Product } from "../matmul/product.ts";
import { type Routine, whole, writeRoutine } from "../matmul/routine.ts";
import { bytesOf, copyImage, geometry } from "./geometry.ts";
import type { ImageCopy } from "./image.ts";

const parameters = {
  ...whole("g", "filter", "out"),
  ...geometry,
  ...whole("columns", "rowCount", "mostTaps", "mostRows"),
  ...whole("filters", "groups", "first", "end", "scratch"),
} as const;

/**
 * Writes `convolveInput`, for groups `first` to `end` - 1, counted through the images. `columns` has room
 * for `mostTaps` taps at the places of `mostRows` of the `rowCount` runs.
 */
export function writeInputReverse(writer: ModuleWriter, product: Product, crop: ImageCopy): void {
  const addRun = writeRunSum(writer);
  writer.function("convolveInput", parameters, (f, args) => {
    const { g, filter, out, taps, rows, run, places, k, room, roomBytes, imageBytes } = args;
    const { columns, rowCount, mostTaps, mostRows, filters, groups, first, end, scratch } = args;
    const number = () => f.local("i32");
    const [group, image, target, t, r] = [number(), number(), number(), number(), number()];
    const [tapCount, runs, n] = [number(), number(), number()];
    const [tap, tapEnd, row, rowEnd, source] = [number(), number(), number(), number(), number()];
    f.fillMemory(scratch, 0, EDGE);
    f.while(i32.lt(first, end), () => {
      f.set(group, i32.remU(first, groups));
      f.set(image, i32.add(out, i32.mul(first, imageBytes)));
      f.set(target, image);
      f.if(
        room,
        () => {
          f.set(target, room);
          f.fillMemory(target, 0, roomBytes);
        },
        () => f.fillMemory(target, 0, imageBytes),
      );
      f.set(t, 0);
      f.while(i32.lt(t, k), () => {
        f.set(tapCount, smaller(i32.sub(k, t), mostTaps));
        f.set(r, 0);
        f.while(i32.lt(r, rowCount), () => {
          f.set(runs, smaller(i32.sub(rowCount, r), mostRows));
          f.set(n, i32.mul(runs, run));
          const slope = i32.add(i32.mul(i32.mul(first, filters), places), i32.mul(r, run));
          product(f, {
            a: sum(filter, bytesOf(i32.add(i32.mul(i32.mul(group, filters), k), t))),
            aRow: i32.const(4),
            aColumn: bytesOf(k),
            b: i32.add(g, bytesOf(slope)),
            bRow: bytesOf(places),
            bColumn: i32.const(4),
            c: columns,
            cRow: bytesOf(n),
            m: tapCount,
            n,
            k: filters,
            from: scratch,
            fromPanel: i32.const(0),
            scratch,
            floor: f32.const(-Infinity),
          });
          f.set(source, columns);
          f.set(tap, i32.add(taps, bytesOf(t)));
          f.set(tapEnd, i32.add(tap, bytesOf(tapCount)));
          f.upTo(tap, tapEnd, 4, () => {
            f.set(row, i32.add(rows, bytesOf(r)));
            f.set(rowEnd, i32.add(row, bytesOf(runs)));
            f.upTo(row, rowEnd, 4, () => {
              addRun(f, { from: source, to: sum(target, i32.load(tap), i32.load(row)), run });
              f.advance(source, bytesOf(run));
            });
          });
          f.advance(r, runs);
        });
        f.advance(t, tapCount);
      });
      f.if(room, () => copyImage(f, crop, image, args));
      f.advance(first, 1);
    });
  });
}

const runParameters = whole("from", "to", "run");

/** `to[i] += from[i]`. */
function writeRunSum(writer: ModuleWriter): Routine<typeof runParameters> {
  return writeRoutine(writer, "addRun", runParameters, (f, { from, to, run }) => {
    f.while(i32.ge(run, 4), () => {
      f.emit(v128.store(to, f32x4.add(v128.load(to), v128.load(from))));
      f.advance(from, 16);
      f.advance(to, 16);
      f.advance(run, -4);
    });
    f.while(run, () => {
      f.emit(f32.store(to, f32.add(f32.load(to), f32.load(from))));
      f.advance(from, 4);
      f.advance(to, 4);
      f.advance(run, -1);
    });
  });
}
