/** The same bits in every browser: the program of the Node test as a cell. */
import { describe, expect, it } from "vitest";
import { cell, golden } from "../kernel/tensor/determinism/golden.ts";
import { browsers, run } from "./readers.ts";

describe.each(browsers)("in $name", ({ path, open }) => {
  it.skipIf(!path)(
    "(skipped where it is not installed) nets learn the same bits, where sums were fused and threads at work before",
    async () => {
      const { reader, close } = await open();
      try {
        await reader.openNew();
        const fused =
          'import { rand } from "descent";\nrand([700, 700]).matmul(rand([700, 700])).shape';
        expect(await run(reader, 0, fused)).toContain("[700, 700]");
        await reader.insertBelow(0);
        expect(JSON.parse(await run(reader, 1, cell))).toEqual(golden);
        expect(reader.takeErrors()).toEqual([]);
      } finally {
        await close();
      }
    },
  );
});
