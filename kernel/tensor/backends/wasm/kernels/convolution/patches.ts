/**
 * Patches of an image as the right factor of a matrix product: they are written only where the tile
 * reads them, a block at a time. Element t of the patch at a place lies at
 * `image + rows[y] + 4 x + taps[t]`, its place being the x-th of a run of `run` places.
 */
import {
  f32,
  type FunctionBody,
  i32,
  type I32,
  i32x4,
  type Local,
  type ModuleWriter,
  type V128,
  v128,
} from "../../assembler/index.ts";
import { smaller, sum } from "../matmul/parts.ts";
import { type Routine, whole, writeRoutine } from "../matmul/routine.ts";

/** The shortest run of which four places in a row touch no more than two. */
const SHORTEST = 3;

const parameters = whole("image", "taps", "rows", "run", "place", "tapCount", "placeCount", "to");
export type PatchPacking = Routine<typeof parameters>;

/** Walks from place to place. */
class Walk {
  readonly #f: FunctionBody;
  readonly #rows: Local<"i32">;
  readonly #run: Local<"i32">;
  readonly #row: Local<"i32">;
  readonly #x: Local<"i32">;
  /** Places left in the run. */
  readonly rest: Local<"i32">;
  /** Where the patch of the present place begins. */
  readonly here: Local<"i32">;
  readonly #next: Local<"i32">;
  readonly #isNext: Local<"v128">;
  readonly #image: Local<"i32">;

  constructor(f: FunctionBody, image: Local<"i32">, rows: Local<"i32">, run: Local<"i32">) {
    [this.#f, this.#image, this.#rows, this.#run] = [f, image, rows, run];
    this.#row = f.local("i32");
    this.#x = f.local("i32");
    this.rest = f.local("i32");
    this.here = f.local("i32");
    this.#next = f.local("i32");
    this.#isNext = f.local("v128");
  }

  /** To a place by its number. */
  start(place: Local<"i32">): void {
    const f = this.#f;
    f.set(this.#row, i32.divU(place, this.#run));
    f.set(this.#x, i32.sub(place, i32.mul(this.#row, this.#run)));
    f.set(this.#row, i32.add(this.#rows, i32.shl(this.#row, 2)));
    this.#arrive();
  }

  advance(places: I32): void {
    const f = this.#f;
    f.advance(this.#x, places);
    f.while(i32.ge(this.#x, this.#run), () => {
      f.set(this.#x, i32.sub(this.#x, this.#run));
      f.advance(this.#row, 4);
    });
    this.#arrive();
  }

  #arrive(): void {
    const f = this.#f;
    f.set(this.here, sum(this.#image, i32.load(this.#row), i32.shl(this.#x, 2)));
    f.set(this.rest, i32.sub(this.#run, this.#x));
  }

  /** Does `body` with what loads an element of the patches at four places: all are of one run, or of two. */
  four(body: (load: (tap: Value32) => V128) => void): void {
    const f = this.#f;
    f.if(
      i32.ge(this.rest, 4),
      () => body((tap) => v128.load(i32.add(this.here, tap))),
      () => {
        // The second run, from as far before its beginning as the first has places.
        const second = i32.add(this.#image, i32.load(this.#row, 4));
        f.set(this.#next, i32.sub(second, i32.shl(this.rest, 2)));
        f.set(this.#isNext, i32x4.ge(lanes(f), i32x4.splat(this.rest)));
        const of = (run: Local<"i32">, tap: Value32) => v128.load(i32.add(run, tap));
        body((tap) => v128.bitselect(of(this.#next, tap), of(this.here, tap), this.#isNext));
      },
    );
  }
}

type Value32 = ReturnType<typeof i32.load>;

/** 0, 1, 2, 3. */
function lanes(f: FunctionBody): V128 {
  const [zero, one, two] = [i32x4.const(0), i32x4.const(1), i32x4.const(2)];
  const odd = v128.shuffle32(zero, one, [0, 4, 1, 5]);
  return f.constant(i32x4.add(odd, v128.shuffle32(zero, two, [0, 1, 4, 5])));
}

/** A factor whose lanes are places and whose steps are taps, in panels of `width` lanes. */
export function writePlacePacking(writer: ModuleWriter, width: number): PatchPacking {
  return writeRoutine(writer, "patches", parameters, (f, args) => {
    const { image, taps, rows, run, place, tapCount, placeCount, to } = args;
    const number = () => f.local("i32");
    const [quad, target, tap, end, panel] = [number(), number(), number(), number(), number()];
    const walk = new Walk(f, image, rows, run);
    walk.start(place);
    f.set(end, i32.add(taps, i32.shl(tapCount, 2)));
    f.set(panel, i32.mul(tapCount, 4 * width));

    const single = () => {
      f.set(tap, taps);
      f.set(target, i32.add(to, quad));
      f.upTo(tap, end, 4, () => {
        f.emit(f32.store(target, f32.load(i32.add(walk.here, i32.load(tap)))));
        f.advance(target, 4 * width);
      });
      f.advance(quad, 4);
      f.advance(placeCount, -1);
    };
    const four = () =>
      walk.four((load) => {
        const pairs = f.local(i32.sub(end, 4));
        f.set(tap, taps);
        f.set(target, i32.add(to, quad));
        f.upTo(tap, pairs, 8, () => {
          f.emit(v128.store(target, load(i32.load(tap))));
          f.emit(v128.store(target, load(i32.load(tap, 4)), 4 * width));
          f.advance(target, 8 * width);
        });
        f.if(i32.lt(tap, end), () => f.emit(v128.store(target, load(i32.load(tap)))));
        f.advance(quad, 16);
        f.advance(placeCount, -4);
      });
    f.while(i32.gt(placeCount, 0), () => {
      f.set(quad, 0);
      f.while(i32.and(i32.lt(quad, 4 * width), i32.gt(placeCount, 0)), () => {
        f.if(
          i32.and(
            i32.ge(placeCount, 4),
            i32.and(i32.ge(run, SHORTEST), i32.eqz(i32.and(quad, 15))),
          ),
          () => {
            four();
            f.if(placeCount, () => walk.advance(4));
          },
          () => {
            single();
            f.if(placeCount, () => walk.advance(1));
          },
        );
      });
      f.advance(to, panel);
    });
  });
}

/** A factor whose lanes are taps and whose steps are places, in panels of `width` lanes. */
export function writeTapPacking(writer: ModuleWriter, width: number): PatchPacking {
  return writeRoutine(writer, "turnedPatches", parameters, (f, args) => {
    const { image, taps, rows, run, place, tapCount, placeCount, to } = args;
    const row = 4 * width;
    const number = () => f.local("i32");
    const [lane, left, step, start, target] = [number(), number(), number(), number(), number()];
    const walk = new Walk(f, image, rows, run);
    const offsets = f.locals("i32", 4);
    const loaded = f.locals("v128", 4);
    const turned = f.locals("v128", 4);
    const wholeSteps = f.local("i32");
    f.if(i32.ge(run, SHORTEST), () => f.set(wholeSteps, i32.and(placeCount, -4)));

    const begin = (at: I32) => {
      f.set(step, i32.add(at, 0));
      f.set(start, i32.add(place, step));
      f.set(target, sum(to, i32.shl(lane, 2), i32.mul(step, row)));
      f.if(i32.lt(step, placeCount), () => walk.start(start));
    };
    const go = (steps: number) => {
      f.advance(target, steps * row);
      f.advance(step, steps);
      f.if(i32.lt(step, placeCount), () => walk.advance(steps));
    };
    /** One lane from step `at` on. */
    const single = (at: I32) => {
      begin(at);
      const [offset] = offsets;
      if (offset === undefined) return;
      f.set(offset, i32.load(i32.add(taps, i32.shl(lane, 2))));
      f.while(i32.lt(step, placeCount), () => {
        f.emit(f32.store(target, f32.load(i32.add(walk.here, offset))));
        go(1);
      });
      f.advance(lane, 1);
    };
    /** The whole steps of four lanes. */
    const four = () => {
      begin(0);
      offsets.forEach((offset, l) =>
        f.set(offset, i32.load(i32.add(taps, i32.shl(lane, 2)), 4 * l)),
      );
      const [a, b, c, d] = loaded as [Local<"v128">, Local<"v128">, Local<"v128">, Local<"v128">];
      const [ab, ab2, cd, cd2] = turned as [typeof a, typeof a, typeof a, typeof a];
      f.while(i32.lt(step, wholeSteps), () => {
        // Both branches leave their elements in the same variables.
        walk.four((load) =>
          loaded.forEach((vector, l) => f.set(vector, load(offsets[l] as Local<"i32">))),
        );
        f.set(ab, v128.shuffle32(a, b, [0, 4, 1, 5]));
        f.set(ab2, v128.shuffle32(a, b, [2, 6, 3, 7]));
        f.set(cd, v128.shuffle32(c, d, [0, 4, 1, 5]));
        f.set(cd2, v128.shuffle32(c, d, [2, 6, 3, 7]));
        f.emit(
          v128.store(target, v128.shuffle32(ab, cd, [0, 1, 4, 5])),
          v128.store(target, v128.shuffle32(ab, cd, [2, 3, 6, 7]), row),
          v128.store(target, v128.shuffle32(ab2, cd2, [0, 1, 4, 5]), 2 * row),
          v128.store(target, v128.shuffle32(ab2, cd2, [2, 3, 6, 7]), 3 * row),
        );
        go(4);
      });
    };
    f.while(i32.gt(tapCount, 0), () => {
      f.set(lane, 0);
      f.set(left, smaller(tapCount, width));
      const fours = f.local(i32.and(left, -4));
      f.while(i32.lt(lane, fours), () => {
        f.if(wholeSteps, four);
        const next = f.local(i32.add(lane, 4));
        f.while(i32.lt(lane, next), () => single(wholeSteps));
      });
      f.while(i32.lt(lane, left), () => single(0));
      f.advance(taps, row);
      f.advance(to, i32.mul(placeCount, row));
      f.advance(tapCount, -width);
    });
  });
}
