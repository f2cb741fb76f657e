/**
 * The product of two blocks that lie in the order of tiles. At the right edge of the result, where a
 * tile would reach beyond, it is computed beside and its corner copied.
 */
import { f32, i32, type ModuleWriter, select } from "../../assembler/index.ts";
import { smaller } from "./parts.ts";
import { type Routine, whole, writeRoutine } from "./routine.ts";
import type { Tile } from "./tile.ts";

const parameters = {
  ...whole("a", "aPanel", "aStep", "b", "bPanel", "bStep", "c", "cRow", "m", "n", "k"),
  ...whole("from", "fromRow", "fromPanel", "edge"),
  floor: "f32",
} as const;
export type Block = Routine<typeof parameters>;

/**
 * `c [m, n] = max(from + a [m, k] b [k, n], floor)`. `aPanel` bytes lead from one tile's rows to the
 * next's, `bPanel` from one tile's columns to the next's, where it has fewer packed as if it had all;
 * so does `fromPanel`. `edge` has room for a tile.
 */
export function writeBlock(writer: ModuleWriter, tile: Tile): Block {
  const corner = writeCorner(writer);
  return writeRoutine(writer, "block", parameters, (f, args) => {
    const { a, aPanel, aStep, b, bPanel, bStep, c, cRow, m, n, k } = args;
    const { from, fromRow, fromPanel, edge, floor } = args;
    const width = 4 * tile.columns;
    const number = () => f.local("i32");
    const [left, rows, count, aHere] = [number(), number(), number(), number()];
    const [cHere, fromHere] = [number(), number()];
    const whole = f.local(i32.divU(m, tile.rows));
    f.while(i32.gt(n, 0), () => {
      f.set(left, m);
      f.set(aHere, a);
      f.set(cHere, c);
      f.set(fromHere, from);
      // All whole tiles at once, then the rest; at the edge one by one.
      f.set(count, select(i32.ge(n, tile.columns), whole, i32.const(1)));
      f.while(i32.gt(left, 0), () => {
        f.set(rows, smaller(left, tile.rows));
        f.set(count, select(i32.eq(rows, tile.rows), count, i32.const(1)));
        const factors = { rows, a: aHere, aPanel, aStep, b, bStep, k, count, floor };
        f.if(
          i32.ge(n, tile.columns),
          () => tile.multiply(f, { ...factors, c: cHere, cRow, from: fromHere, fromRow }),
          () => {
            const row = i32.const(width);
            const beside = { c: edge, cRow: row, from: edge, fromRow: row };
            corner(f, { from: fromHere, fromRow, to: edge, toRow: row, rows, columns: n });
            tile.multiply(f, { ...factors, ...beside });
            corner(f, { from: edge, fromRow: row, to: cHere, toRow: cRow, rows, columns: n });
          },
        );
        f.advance(aHere, i32.mul(aPanel, count));
        f.advance(cHere, i32.mul(cRow, i32.mul(rows, count)));
        f.advance(fromHere, i32.mul(fromRow, i32.mul(rows, count)));
        f.advance(left, i32.sub(0, i32.mul(rows, count)));
      });
      f.advance(b, bPanel);
      f.advance(c, width);
      f.advance(from, fromPanel);
      f.advance(n, -tile.columns);
    });
  });
}

const corners = whole("from", "fromRow", "to", "toRow", "rows", "columns");

/** `to[r][j] = from[r][j]` for a few rows and columns. */
function writeCorner(writer: ModuleWriter): Routine<typeof corners> {
  return writeRoutine(writer, "corner", corners, (f, args) => {
    const { from, fromRow, to, toRow, rows, columns } = args;
    const j = f.local("i32");
    const end = f.local(i32.shl(columns, 2));
    f.repeat(() => {
      f.set(j, 0);
      f.upTo(j, end, 4, () => f.emit(f32.store(i32.add(to, j), f32.load(i32.add(from, j)))));
      f.advance(from, fromRow);
      f.advance(to, toRow);
      f.advance(rows, -1);
    }, rows);
  });
}
