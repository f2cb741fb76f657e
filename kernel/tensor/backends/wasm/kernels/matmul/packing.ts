/**
 * Brings a factor of a matrix product into the order in which the tile reads it. What is a lane here
 * is a row of the left factor and a column of the right one: each step has one element of every lane.
 * Any strides, transposed factors among them, cost only this copy.
 */
import { f32, i32, type I32, type ModuleWriter, v128 } from "../../assembler/index.ts";
import { smaller } from "./parts.ts";
import { type Routine, whole, writeRoutine } from "./routine.ts";

/**
 * Panels that are packed at once where lanes lie side by side: the steps are far from each other, and a
 * cache line is fetched for each of them, so that it had better be used up: eight panels of six lanes are
 * three whole lines.
 */
const TOGETHER = 8;

const parameters = whole("from", "laneStep", "step", "lanes", "k", "to");
export type Packing = Routine<typeof parameters>;

/**
 * Packs `lanes` lanes in panels of `width`, one after the other: `panel[p][l] = from[l][p]` for `k`
 * steps p. `laneStep` and `step` bytes lead from lane to lane and from step to step. A last panel with
 * fewer lanes is as large as the others.
 */
export function writePacking(writer: ModuleWriter, width: number): Packing {
  const several = writePanels(writer, width);
  const panel = writePanel(writer, width);
  return writeRoutine(writer, `pack${width}`, parameters, (f, args) => {
    const { from, laneStep, step, lanes, k, to } = args;
    f.if(i32.eq(laneStep, 4), () =>
      f.while(i32.ge(lanes, TOGETHER * width), () => {
        several(f, { from, laneStep, step, lanes, k, to });
        f.advance(from, 4 * TOGETHER * width);
        f.advance(to, i32.mul(k, 4 * TOGETHER * width));
        f.advance(lanes, -TOGETHER * width);
      }),
    );
    f.while(i32.gt(lanes, 0), () => {
      panel(f, { from, laneStep, step, lanes: smaller(lanes, width), k, to });
      f.advance(from, i32.mul(laneStep, width));
      f.advance(to, i32.mul(k, 4 * width));
      f.advance(lanes, -width);
    });
  });
}

/** As many whole panels, whose lanes lie side by side. */
function writePanels(writer: ModuleWriter, width: number): Packing {
  return writeRoutine(writer, `panels${width}`, parameters, (f, { from, step, k, to }) => {
    const row = 4 * width;
    const targets = Array.from({ length: TOGETHER }, (_, i) =>
      f.local(i32.add(to, i32.mul(k, row * i))),
    );
    f.while(k, () => {
      targets.forEach((target, i) => {
        for (let at = 0; at + 16 <= row; at += 16)
          f.emit(v128.store(target, v128.load(from, row * i + at), at));
        const at = row - 8;
        if (row % 16 === 8)
          f.emit(v128.store64Lane(target, v128.load64Zero(from, row * i + at), 0, at));
        f.advance(target, row);
      });
      f.advance(from, step);
      f.advance(k, -1);
    });
  });
}

function writePanel(writer: ModuleWriter, width: number): Packing {
  return writeRoutine(writer, `panel${width}`, parameters, (f, args) => {
    const { from, laneStep, step, lanes, k, to } = args;
    const row = 4 * width;
    const p = f.local("i32");
    const source = f.local("i32");
    const target = f.local("i32");
    const wholeSteps = f.local(i32.and(k, -4));
    const newVector = () => f.local("v128");
    const [a, b, c, d] = [newVector(), newVector(), newVector(), newVector()];
    const [ab, ab2, cd, cd2] = [newVector(), newVector(), newVector(), newVector()];

    // All lanes of a step at once: they lie side by side.
    f.if(i32.and(i32.eq(laneStep, 4), i32.eq(lanes, width)), () => {
      f.upTo(p, k, 1, () => {
        for (let at = 0; at + 16 <= row; at += 16) f.emit(v128.store(to, v128.load(from, at), at));
        const at = row - 8;
        if (row % 16 === 8) f.emit(v128.store64Lane(to, v128.load64Zero(from, at), 0, at));
        f.advance(from, step);
        f.advance(to, row);
      });
      f.return();
    });

    /** Turns four steps of two or four lanes from the `first` on, whose steps lie side by side. */
    const turn = (first: number, count: number) => {
      f.set(source, i32.add(from, i32.mul(laneStep, first)));
      f.set(target, i32.add(to, 4 * first));
      const lane = (l: number) => i32.add(source, i32.mul(laneStep, l));
      f.set(p, 0);
      f.upTo(p, wholeSteps, 4, () => {
        f.set(a, v128.load(source));
        f.set(b, v128.load(lane(1)));
        f.set(ab, v128.shuffle32(a, b, [0, 4, 1, 5]));
        f.set(ab2, v128.shuffle32(a, b, [2, 6, 3, 7]));
        if (count === 4) {
          f.set(c, v128.load(lane(2)));
          f.set(d, v128.load(lane(3)));
          f.set(cd, v128.shuffle32(c, d, [0, 4, 1, 5]));
          f.set(cd2, v128.shuffle32(c, d, [2, 6, 3, 7]));
        }
        [ab, ab2].forEach((left, i) => {
          const right = i === 0 ? cd : cd2;
          const at = 2 * i * row;
          if (count === 4)
            f.emit(
              v128.store(target, v128.shuffle32(left, right, [0, 1, 4, 5]), at),
              v128.store(target, v128.shuffle32(left, right, [2, 3, 6, 7]), at + row),
            );
          else
            f.emit(
              v128.store64Lane(target, left, 0, at),
              v128.store64Lane(target, left, 1, at + row),
            );
        });
        f.advance(source, 16);
        f.advance(target, 4 * row);
      });
    };

    const l = f.local("i32");
    /** Lanes from l to below `end`, one by one, from step `start` on. */
    const trickle = (end: I32, start: I32) => {
      f.upTo(l, end, 1, () => {
        f.set(p, i32.add(start, 0));
        f.set(source, i32.add(from, i32.add(i32.mul(l, laneStep), i32.mul(p, step))));
        f.set(target, i32.add(to, i32.add(i32.shl(l, 2), i32.mul(p, row))));
        f.upTo(p, k, 1, () => {
          f.emit(f32.store(target, f32.load(source)));
          f.advance(source, step);
          f.advance(target, row);
        });
      });
    };
    f.if(i32.eq(step, 4), () => {
      const turned = f.local("i32");
      for (let first = 0; first < width; first += 4) {
        const count = Math.min(4, width - first);
        f.if(i32.ge(lanes, first + count), () => {
          turn(first, count);
          f.set(turned, i32.const(first + count));
        });
      }
      trickle(turned, wholeSteps);
    });
    trickle(lanes, 0);
  });
}
