/**
 * `out [filters, places] = max(bias + filter [filters, taps] patches [taps, places], floor)` for each
 * group of each image.
 */
import { f32, i32, type ModuleWriter, select, v128 } from "../../assembler/index.ts";
import { evenPart, smaller, sum } from "../matmul/parts.ts";
import { COLUMNS, EDGE, LEFT, type Parts, RIGHT, ROWS, STEPS } from "../matmul/product.ts";
import { whole } from "../matmul/routine.ts";
import { bytesOf, clearRoom, geometry, padded } from "./geometry.ts";
import type { ImageCopy } from "./image.ts";
import { writePlacePacking } from "./patches.ts";
import { BIAS } from "./scratch.ts";
import type { SingleFilter } from "./single.ts";

const parameters = {
  ...whole("x", "filter", "bias", "out"),
  ...geometry,
  ...whole("filters", "groups", "first", "end", "scratch"),
  floor: "f32",
} as const;

/** Writes `convolve`, for groups `first` to `end` - 1, counted through the images. */
export function writeForward(
  writer: ModuleWriter,
  { tile, block, packLeft }: Parts,
  pad: ImageCopy,
  single: SingleFilter,
): void {
  const packRight = writePlacePacking(writer, tile.columns);
  const width = 4 * tile.columns;
  writer.function("convolve", parameters, (f, args) => {
    const { x, filter, bias, out, taps, rows, run, places, k, imageBytes } = args;
    const { filters, groups, first, end, scratch, floor } = args;
    const number = () => f.local("i32");
    const [i, j, p, c, left, r] = [number(), number(), number(), number(), number(), number()];
    const [filterCount, columns, steps] = [number(), number(), number()];
    const [group, image, hasPacked, shift] = [number(), number(), number(), number()];
    const [mostFilters, mostColumns, mostSteps] = [
      f.local(evenPart(filters, ROWS, tile.rows)),
      f.local(evenPart(places, COLUMNS, tile.columns)),
      f.local(evenPart(k, STEPS, 4)),
    ];
    // One block of filters serves all images.
    const isOneBlock = f.local(
      i32.and(i32.eq(groups, 1), i32.and(i32.le(filters, ROWS), i32.le(k, STEPS))),
    );
    const [packedLeft, packedRight] = [i32.add(scratch, LEFT), i32.add(scratch, RIGHT)];
    const shifts = i32.add(scratch, BIAS);

    const packFilters = () => {
      f.if(i32.eqz(hasPacked), () => {
        const row = i32.add(i32.mul(group, filters), i);
        packLeft(f, {
          from: sum(filter, bytesOf(i32.add(i32.mul(row, k), p))),
          laneStep: bytesOf(k),
          step: i32.const(4),
          lanes: filterCount,
          k: steps,
          to: packedLeft,
        });
        f.set(hasPacked, isOneBlock);
      });
    };
    /** A tile's row of each filter's bias. */
    const spreadBias = () => {
      f.set(shift, sum(bias, bytesOf(i32.add(i32.mul(group, filters), i))));
      f.set(left, shifts);
      f.set(r, 0);
      f.upTo(r, filterCount, 1, () => {
        const value = f.local("v128");
        f.if(bias, () => f.set(value, v128.load32Splat(shift)));
        for (let at = 0; at < width; at += 16) f.emit(v128.store(left, value, at));
        f.advance(shift, 4);
        f.advance(left, width);
      });
    };
    clearRoom(f, args);
    f.while(i32.lt(first, end), () => {
      f.set(group, i32.remU(first, groups));
      f.set(image, i32.add(x, i32.mul(first, imageBytes)));
      const base = padded(f, pad, image, args);
      const one = () => {
        f.set(shift, i32.const(0));
        f.if(bias, () => f.set(shift, i32.add(bias, bytesOf(group))));
        single(f, {
          image: base,
          taps,
          rows,
          run,
          k,
          bias: shift,
          floor,
          rowEnd: i32.add(rows, bytesOf(i32.divU(places, run))),
          filter: i32.add(filter, bytesOf(i32.mul(group, k))),
          out: i32.add(out, bytesOf(i32.mul(first, places))),
        });
      };
      const several = () => {
        f.set(j, 0);
        f.while(i32.lt(j, places), () => {
          f.set(columns, smaller(i32.sub(places, j), mostColumns));
          f.set(p, 0);
          f.while(i32.lt(p, k), () => {
            f.set(steps, smaller(i32.sub(k, p), mostSteps));
            packRight(f, {
              image: base,
              taps: i32.add(taps, bytesOf(p)),
              rows,
              run,
              place: j,
              tapCount: steps,
              placeCount: columns,
              to: packedRight,
            });
            f.set(i, 0);
            f.while(i32.lt(i, filters), () => {
              f.set(filterCount, smaller(i32.sub(filters, i), mostFilters));
              packFilters();
              f.if(i32.eqz(p), spreadBias);
              const row = i32.add(i32.mul(first, filters), i);
              f.set(c, i32.add(out, bytesOf(i32.add(i32.mul(row, places), j))));
              block(f, {
                a: packedLeft,
                aPanel: i32.mul(steps, 4 * tile.rows),
                aStep: i32.const(4 * tile.rows),
                b: packedRight,
                bPanel: i32.mul(steps, width),
                bStep: i32.const(width),
                c,
                cRow: bytesOf(places),
                m: filterCount,
                n: columns,
                k: steps,
                // Later taps go on from what the earlier ones left.
                from: select(p, c, shifts),
                fromRow: select(p, bytesOf(places), i32.const(width)),
                fromPanel: select(p, i32.const(width), i32.const(0)),
                edge: i32.add(scratch, EDGE),
                floor: select(i32.lt(i32.add(p, steps), k), f32.const(-Infinity), floor),
              });
              f.advance(i, filterCount);
            });
            f.advance(p, steps);
          });
          f.advance(j, columns);
        });
      };
      f.if(i32.eq(filters, 1), one, several);
      f.advance(first, 1);
    });
  });
}
