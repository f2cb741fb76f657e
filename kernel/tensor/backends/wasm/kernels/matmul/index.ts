/** Matrix products in batches, of any size and strides, without a copy made beforehand. */
import { i32, type ModuleWriter, select } from "../../assembler/index.ts";
import type { Variant } from "../../variant.ts";
import { smaller, sum } from "./parts.ts";
import { writeProduct } from "./product.ts";
import { whole } from "./routine.ts";
import { writeTile } from "./tile.ts";

const parameters = {
  ...whole("a", "aOuter", "aInner", "aRow", "aColumn"),
  ...whole("b", "bOuter", "bInner", "bRow", "bColumn"),
  ...whole("c", "inner", "m", "n", "k", "bias", "first", "end", "scratch"),
  floor: "f32",
} as const;

/**
 * Writes `matmul`: rows `first` to `end` - 1, counted through a batch of products
 * `c [m, n] = max(bias + a [m, k] b [k, n], floor)`; `c` is row-major. The batch has two dimensions,
 * `inner` the size of the second. Without a bias its address is 0.
 */
export function writeMatmul(writer: ModuleWriter, variant: Variant): void {
  const tile = writeTile(writer, variant);
  const product = writeProduct(writer, tile);
  writer.function("matmul", parameters, (f, args) => {
    const { a, aOuter, aInner, aRow, aColumn, b, bOuter, bInner, bRow, bColumn } = args;
    const { c, inner, m, n, k, bias, first, end, scratch, floor } = args;
    const number = () => f.local("i32");
    const [batch, row, outer, index, rows] = [number(), number(), number(), number(), number()];
    const cRow = f.local(i32.shl(n, 2));
    f.fillMemory(scratch, 0, 4 * tile.columns);
    f.while(i32.lt(first, end), () => {
      f.set(batch, i32.divU(first, m));
      f.set(row, i32.sub(first, i32.mul(batch, m)));
      f.set(outer, i32.divU(batch, inner));
      f.set(index, i32.sub(batch, i32.mul(outer, inner)));
      f.set(rows, smaller(i32.sub(m, row), i32.sub(end, first)));
      product(f, {
        a: sum(a, i32.mul(outer, aOuter), i32.mul(index, aInner), i32.mul(row, aRow)),
        aRow,
        aColumn,
        b: sum(b, i32.mul(outer, bOuter), i32.mul(index, bInner)),
        bRow,
        bColumn,
        c: i32.add(c, i32.mul(first, cRow)),
        cRow,
        m: rows,
        n,
        k,
        from: select(bias, bias, scratch),
        fromPanel: select(bias, i32.const(4 * tile.columns), i32.const(0)),
        floor,
        scratch,
      });
      f.advance(first, rows);
    });
  });
}
