/** Results that leave the arena without a copy, and are computed again when somebody looks. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Backend } from "../../../../../kernel/tensor/backend.ts";
import { backend, setBackend } from "../../../../../kernel/tensor/backends/current.ts";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { HeapStorage } from "../../../../../kernel/tensor/backends/storage.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import {
  arange,
  F,
  manualSeed,
  memory,
  noGrad,
  randn,
  type Tensor,
  where,
} from "../../../../../kernel/tensor/index.ts";
import { propertyRuns } from "../../../../counts.ts";

const CAPACITY = 65_536;
/** Elements of which the arena holds seven. */
const N = 2048;

const before = backend();
afterAll(() => setBackend(before));

function heapStorage({ storage }: Tensor): HeapStorage {
  if (!(storage instanceof HeapStorage)) throw new Error("a storage of another backend");
  return storage;
}

/** Whether the values of `x` are nowhere, for now. */
const hasLeft = (x: Tensor) => heapStorage(x).unmade !== null;

/** Does so much that nothing stays in the arena. */
function crowd(): void {
  for (let i = 0; i < 2; i++) randn([(3 * CAPACITY) / 16]).sum();
}

describe("in a small arena", () => {
  beforeAll(() => setBackend(wasmBackend({ variant: "plain", capacity: CAPACITY })));
  beforeEach(() => {
    manualSeed(1);
    crowd();
  });

  test("a result of values on the heap leaves without a copy, and has its values when looked at", () => {
    const x = randn([N]);
    const kept = x.add(1);
    for (let i = 0; i < 20; i++) x.add(i);
    expect(hasLeft(kept)).toBe(true);
    expect(kept.data).toEqual(x.data.map((value) => value + 1));
    expect(hasLeft(kept)).toBe(false);
  });

  test("what is used all the time stays, whatever is dropped", () => {
    const [x, y, most] = [randn([N / 2]), randn([N / 2]), randn([(3 * CAPACITY) / 16])];
    most.sum();
    x.add(y);
    const places = () => [x, y, most].map((each) => heapStorage(each).address);
    const first = places();
    for (let i = 0; i < 100; i++) {
      x.mul(y);
      expect(places()).toEqual(first);
    }
  });

  test("one that was looked at moves to the heap the next time", () => {
    const x = randn([N]);
    const kept = x.add(1);
    crowd();
    const twice = kept.mul(2);
    const wanted = kept.data.slice();
    crowd();
    expect([hasLeft(kept), hasLeft(twice)]).toEqual([false, true]);
    expect(kept.data).toEqual(wanted);
  });

  test("the values are those of the call, whatever was written to its operands since", () => {
    const [x, y] = [randn([N]), randn([N])];
    const [first, other] = [x.data.slice(), y.data.slice()];
    const wanted = first.map((value, i) => value * (other[i] ?? 0));
    const early = x.mul(y);
    crowd();
    expect(hasLeft(early)).toBe(true);
    noGrad(() => x.add_(1));
    const late = x.mul(y);
    noGrad(() => y.zero_());
    crowd();
    // An operand was written before it could be kept.
    expect(hasLeft(late)).toBe(false);
    expect(early.data).toEqual(wanted);
    expect(late.data).toEqual(first.map((value, i) => Math.fround(value + 1) * (other[i] ?? 0)));
  });

  test("nothing is lost with an operand that was disposed of", () => {
    const x = randn([N]);
    const wanted = x.data.map((value) => -value);
    const [one, other] = [x.neg(), x.neg()];
    crowd();
    expect(hasLeft(one)).toBe(true);
    x.dispose();
    // Would be written over if it were given to somebody else.
    const next = randn([N]);
    expect(one.data).toEqual(wanted);
    expect(other.data).toEqual(wanted);
    expect(next.data).not.toEqual(wanted);
  });

  test("results of results that have left are computed from the beginning, not too far", () => {
    let last = randn([N]);
    const all = [last];
    for (let i = 0; i < 40; i++) {
      last = last.add(1);
      all.push(last);
    }
    crowd();
    const left = all.map(hasLeft);
    // Every third is on the heap, for the others to begin with.
    expect(left.filter((each) => !each).length).toBeLessThan(18);
    let wanted = all[0]?.data ?? new Float32Array();
    for (const each of all.slice(1)) {
      wanted = wanted.map((value) => value + 1);
      expect(each.data).toEqual(wanted);
    }
  });

  test("a large input is not kept for a small result", () => {
    const rows = randn([4, N]);
    crowd();
    const part = rows.select(0, 1).add(1);
    crowd();
    expect(hasLeft(part)).toBe(false);
    expect(part.data).toEqual(rows.select(0, 1).data.map((value) => value + 1));
  });

  test("the moments of a layer norm move to the heap for the slopes", () => {
    const x = randn([32, 64]);
    x.requiresGrad = true;
    const gradient = randn([32, 64]);
    F.layerNorm(x, 64).backward({ gradient });
    const slope = x.grad;
    crowd();
    expect(hasLeft(slope)).toBe(true);
    const left = slope.data.slice();
    x.grad = null;
    F.layerNorm(x, 64).backward({ gradient });
    expect(left).toEqual(x.grad.data);
  });

  test("operands are there together, though each had to be computed", () => {
    const x = arange(N).to("f32");
    const [a, b, c] = [x.add(1), x.mul(2), x.gt(5)];
    crowd();
    // What the bools were made of takes four times their room.
    expect([a, b, c].map(hasLeft)).toEqual([true, true, false]);
    const chosen = where(c, a, b);
    expect(chosen.data).toEqual(x.data.map((value) => (value > 5 ? value + 1 : value * 2)));
  });

  test("the arena's bytes are those of what is in it", () => {
    const x = randn([N]);
    for (let i = 0; i < 100; i++) x.add(i);
    expect(memory().live).toBeLessThanOrEqual(CAPACITY);
    const kept = x.add(1);
    const { live } = memory();
    kept.dispose();
    expect(memory().live).toBeLessThan(live - 2 * N);
  });

  test("a result that has left keeps no history", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const x = randn([N]);
    const made = () => {
      const leaf = x.clone();
      leaf.requiresGrad = true;
      const result = leaf.exp();
      return { leaf: new WeakRef(leaf), values: result.detach() };
    };
    const { leaf, values } = made();
    crowd();
    expect(hasLeft(values)).toBe(true);
    // A weak reference holds its target until the end of a task.
    await new Promise((resolve) => setTimeout(resolve));
    collect();
    expect(leaf.deref()).toBeUndefined();
    expect(values.data).toEqual(x.exp().data);
  });
});

test("products leave without a copy until many of those that left are wanted again", () => {
  setBackend(wasmBackend({ variant: "plain", capacity: 2 ** 22 }));
  manualSeed(3);
  const [x, y] = [randn([256, 8]), randn([8, 256])];
  const wanted = x.matmul(y).data.slice();
  const isWanted = ({ data }: Tensor) => data.every((value, i) => value === wanted[i]);
  /** As many products as leave at least once, all kept. */
  const fill = () => Array.from({ length: 40 }, () => x.matmul(y));
  const first = fill();
  const gone = first.filter(hasLeft);
  expect(gone.length).toBeGreaterThan(20);
  expect(gone.every(isWanted)).toBe(true);
  const second = fill();
  expect(second.filter(hasLeft)).toEqual([]);
  expect(second.every(isWanted)).toBe(true);
  // Those that nobody misses count again.
  for (let i = 0; i < 17 * gone.length; i++) x.matmul(y);
  expect(fill().filter(hasLeft).length).toBeGreaterThan(20);
});

test("no order of ops, writes, looks and deaths changes a value", () => {
  type Step = readonly [
    what: "add" | "mul" | "maximum" | "neg" | "turn" | "write" | "look" | "dispose",
    a: number,
    b: number,
  ];
  const step: fc.Arbitrary<Step> = fc.tuple(
    fc.constantFrom("add", "mul", "maximum", "neg", "turn", "write", "look", "dispose"),
    fc.nat(11),
    fc.nat(11),
  );
  const sides = [24, 40];
  /** All values at the end, and those seen on the way. */
  function run(on: Backend, steps: readonly Step[]): number[][] {
    setBackend(on);
    manualSeed(3);
    const all = Array.from({ length: 12 }, (_, i) => {
      const side = sides[i % 2] ?? 0;
      return randn([side, side]);
    });
    const seen: number[][] = [];
    for (const [what, i, j] of steps) {
      // Of one shape, and in range.
      const other = (j - (j % 2) + (i % 2)) % 12;
      const [a, b] = [all[i]!, all[other]!];
      if (what === "look") seen.push([...a.data]);
      else if (what === "write") noGrad(() => a.select(0, j % 3).copy_(b.select(0, 5)));
      else if (what === "dispose") {
        a.dispose();
        all[i] = i === other ? randn(a.shape) : b.neg();
      } else if (what === "neg") all[i] = b.neg();
      else if (what === "turn") all[i] = b.transpose(0, 1).contiguous();
      else all[i] = a[what](b);
    }
    return [...seen, ...all.map(({ data }) => [...data])];
  }
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
      const on = wasmBackend({ variant: "plain", capacity: 32_768, repeatsAll: true });
      expect(run(on, steps)).toEqual(run(reference, steps));
    }),
    propertyRuns(11, 30),
  );
});
