/**
 * One matrix product of any strides. The right factor is packed in blocks that fit the second-level
 * cache, the left one in blocks of which a panel and a tile of the other fit the first; what is too
 * small to pay for that is read where it lies. Addresses and steps are in bytes.
 */
import { f32, i32, type ModuleWriter, select } from "../../assembler/index.ts";
import type { Block } from "./block.ts";
import type { Packing } from "./packing.ts";
import { evenPart, larger, smaller, sum } from "./parts.ts";
import { type Routine, whole, writeRoutine } from "./routine.ts";
import type { Tile } from "./tile.ts";

/**
 * Sizes of blocks: steps, rows of the left factor, columns of the right one. Panels of both in 28 of
 * the 32 KiB that first-level caches have at least; the longer, the less often tiles go to memory.
 */
export const STEPS = 512;
export const ROWS = 48;
export const COLUMNS = 512;
/** As many rows or columns of one factor make it worth while to pack the other. */
const MANY = 65;

/** What lies where in the scratch memory: after a row of zeros, a tile and the packed blocks. */
export const EDGE = 64;
export const LEFT = EDGE + 1024;
export const RIGHT = LEFT + 4 * STEPS * ROWS;
/** Where the kernels that multiply otherwise have room of their own. */
export const BEHIND = RIGHT + 4 * STEPS * COLUMNS;

const parameters = {
  ...whole("a", "aRow", "aColumn", "b", "bRow", "bColumn", "c", "cRow", "m", "n", "k"),
  ...whole("from", "fromPanel", "scratch"),
  floor: "f32",
} as const;
export type Product = Routine<typeof parameters>;

/** What products are made of. */
export interface Parts {
  readonly tile: Tile;
  readonly block: Block;
  readonly packLeft: Packing;
  readonly packRight: Packing;
}

/**
 * `c [m, n] = max(from + a [m, k] b [k, n], floor)`: `from` has n f32 for all rows, or zeros for one
 * tile where `fromPanel` is 0.
 */
export function writeProduct(
  writer: ModuleWriter,
  { tile, block, packLeft, packRight }: Parts,
): Product {
  return writeRoutine(writer, "product", parameters, (f, args) => {
    const { a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k } = args;
    const { from, fromPanel, scratch, floor } = args;
    const number = () => f.local("i32");
    const [i, j, p] = [number(), number(), number()];
    const [rows, columns, steps] = [number(), number(), number()];
    const mostRows = f.local(evenPart(m, ROWS, tile.rows));
    const mostColumns = f.local(evenPart(n, COLUMNS, tile.columns));
    const mostSteps = f.local(evenPart(k, STEPS, 4));
    const packsLeft = f.local(i32.or(i32.ne(aRow, 4), i32.ge(n, MANY)));
    const packsRight = f.local(i32.or(i32.ne(bColumn, 4), i32.ge(m, MANY)));
    // Whole tiles are read where they lie; the columns that remain have to be packed.
    const wholeColumns = larger(i32.and(n, -tile.columns), tile.columns);
    f.if(i32.eqz(packsRight), () => f.set(mostColumns, wholeColumns));

    const left = { a: number(), aPanel: number(), aStep: number() };
    const takeLeft = () => {
      f.set(left.a, sum(a, i32.mul(i, aRow), i32.mul(p, aColumn)));
      f.set(left.aPanel, i32.const(4 * tile.rows));
      f.set(left.aStep, aColumn);
      f.if(packsLeft, () => {
        const to = i32.add(scratch, LEFT);
        packLeft(f, { from: left.a, laneStep: aRow, step: aColumn, lanes: rows, k: steps, to });
        f.set(left.a, to);
        f.set(left.aPanel, i32.mul(steps, 4 * tile.rows));
        f.set(left.aStep, i32.const(4 * tile.rows));
      });
    };
    const right = { b: number(), bPanel: number(), bStep: number() };
    const takeRight = () => {
      f.set(right.b, sum(b, i32.mul(p, bRow), i32.mul(j, bColumn)));
      f.set(right.bPanel, i32.const(4 * tile.columns));
      f.set(right.bStep, bRow);
      f.if(i32.or(packsRight, i32.and(columns, tile.columns - 1)), () => {
        const to = i32.add(scratch, RIGHT);
        const lanes = columns;
        packRight(f, { from: right.b, laneStep: bColumn, step: bRow, lanes, k: steps, to });
        f.set(right.b, to);
        f.set(right.bPanel, i32.mul(steps, 4 * tile.columns));
        f.set(right.bStep, i32.const(4 * tile.columns));
      });
    };
    const multiply = () => {
      const cHere = f.local(sum(c, i32.mul(i, cRow), i32.shl(j, 2)));
      const given = i32.add(from, i32.mul(j, i32.divU(fromPanel, tile.columns)));
      block(f, {
        ...left,
        ...right,
        c: cHere,
        cRow,
        m: rows,
        n: columns,
        k: steps,
        // Later steps go on from what the earlier ones left.
        from: select(p, cHere, given),
        fromRow: select(p, cRow, i32.const(0)),
        fromPanel: select(p, i32.const(4 * tile.columns), fromPanel),
        edge: i32.add(scratch, EDGE),
        floor: select(i32.lt(i32.add(p, steps), k), f32.const(-Infinity), floor),
      });
    };
    f.while(i32.lt(j, n), () => {
      f.set(columns, smaller(i32.sub(n, j), mostColumns));
      f.set(p, 0);
      // Once where there are no steps too: what is given is the result then.
      f.repeat(
        () => {
          f.set(steps, smaller(i32.sub(k, p), mostSteps));
          takeRight();
          f.set(i, 0);
          f.while(i32.lt(i, m), () => {
            f.set(rows, smaller(i32.sub(m, i), mostRows));
            takeLeft();
            multiply();
            f.advance(i, rows);
          });
          f.advance(p, steps);
        },
        i32.lt(p, k),
      );
      f.advance(j, columns);
    });
  });
}
