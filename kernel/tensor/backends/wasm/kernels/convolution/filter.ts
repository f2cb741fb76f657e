/**
 * The reverse of convolution in the filter: `out [filters, taps] = Σ g [filters, places] patchesᵀ
 * [places, taps]` over all images.
 */
import { f32, i32, type ModuleWriter, select } from "../../assembler/index.ts";
import { evenPart, smaller } from "../matmul/parts.ts";
import { COLUMNS, EDGE, LEFT, type Parts, RIGHT, ROWS, STEPS } from "../matmul/product.ts";
import { whole } from "../matmul/routine.ts";
import { bytesOf, clearRoom, geometry, padded } from "./geometry.ts";
import type { ImageCopy } from "./image.ts";
import { writeTapPacking } from "./patches.ts";
import type { SingleReverse } from "./single.ts";

const parameters = {
  ...whole("g", "x", "out"),
  ...geometry,
  ...whole("filters", "groups", "images", "first", "end", "scratch"),
} as const;

/** Writes `convolveFilter`, for filters `first` to `end` - 1 of all groups. */
export function writeFilterReverse(
  writer: ModuleWriter,
  { tile, block, packLeft }: Parts,
  pad: ImageCopy,
  single: SingleReverse,
): void {
  const packRight = writeTapPacking(writer, tile.columns);
  const width = 4 * tile.columns;
  writer.function("convolveFilter", parameters, (f, args) => {
    const { g, x, out, taps, rows, run, places, k, imageBytes } = args;
    const { filters, groups, images, first, end, scratch } = args;
    const number = () => f.local("i32");
    const [i, j, p, c, isLater] = [number(), number(), number(), number(), number()];
    const [count, rowCount, columns, steps] = [number(), number(), number(), number()];
    const [group, row, image, unit, source] = [number(), number(), number(), number(), number()];
    const [mostRows, mostColumns, mostSteps] = [
      f.local(evenPart(filters, ROWS, tile.rows)),
      f.local(evenPart(k, COLUMNS, tile.columns)),
      f.local(evenPart(places, STEPS, 4)),
    ];
    const [packedLeft, packedRight] = [i32.add(scratch, LEFT), i32.add(scratch, RIGHT)];
    clearRoom(f, args);
    f.fillMemory(scratch, 0, width);
    f.while(i32.lt(first, end), () => {
      f.set(group, i32.divU(first, filters));
      f.set(row, i32.sub(first, i32.mul(group, filters)));
      f.set(count, smaller(i32.sub(filters, row), i32.sub(end, first)));
      const isSingle = f.local(i32.eq(filters, 1));
      f.if(isSingle, () => f.fillMemory(i32.add(out, bytesOf(i32.mul(first, k))), 0, bytesOf(k)));
      f.set(image, 0);
      f.upTo(image, images, 1, () => {
        f.set(unit, i32.add(i32.mul(image, groups), group));
        f.set(source, i32.add(x, i32.mul(unit, imageBytes)));
        const base = padded(f, pad, source, args);
        f.if(isSingle, () => {
          single(f, {
            image: base,
            taps,
            rows,
            rowEnd: i32.add(rows, bytesOf(i32.divU(places, run))),
            run,
            k,
            g: i32.add(g, bytesOf(i32.mul(unit, places))),
            out: i32.add(out, bytesOf(i32.mul(first, k))),
          });
        });
        f.set(p, select(isSingle, places, i32.const(0)));
        f.while(i32.lt(p, places), () => {
          f.set(steps, smaller(i32.sub(places, p), mostSteps));
          f.set(isLater, i32.or(image, p));
          f.set(j, 0);
          f.while(i32.lt(j, k), () => {
            f.set(columns, smaller(i32.sub(k, j), mostColumns));
            packRight(f, {
              image: base,
              taps: i32.add(taps, bytesOf(j)),
              rows,
              run,
              place: p,
              tapCount: columns,
              placeCount: steps,
              to: packedRight,
            });
            f.set(i, 0);
            f.while(i32.lt(i, count), () => {
              f.set(rowCount, smaller(i32.sub(count, i), mostRows));
              const slope = i32.add(i32.add(i32.mul(unit, filters), row), i);
              packLeft(f, {
                from: i32.add(g, bytesOf(i32.add(i32.mul(slope, places), p))),
                laneStep: bytesOf(places),
                step: i32.const(4),
                lanes: rowCount,
                k: steps,
                to: packedLeft,
              });
              const filter = i32.add(first, i);
              f.set(c, i32.add(out, bytesOf(i32.add(i32.mul(filter, k), j))));
              block(f, {
                a: packedLeft,
                aPanel: i32.mul(steps, 4 * tile.rows),
                aStep: i32.const(4 * tile.rows),
                b: packedRight,
                bPanel: i32.mul(steps, width),
                bStep: i32.const(width),
                c,
                cRow: bytesOf(k),
                m: rowCount,
                n: columns,
                k: steps,
                // Later places go on from what the earlier ones left.
                from: select(isLater, c, scratch),
                fromRow: select(isLater, bytesOf(k), i32.const(0)),
                fromPanel: select(isLater, i32.const(width), i32.const(0)),
                edge: i32.add(scratch, EDGE),
                floor: f32.const(-Infinity),
              });
              f.advance(i, rowCount);
            });
            f.advance(j, columns);
          });
          f.advance(p, steps);
        });
      });
      f.advance(first, count);
    });
  });
}
