/**
 * Steps of optimisers, each one pass over a parameter and its memory. The formulas are those of
 * `reference/steps.ts`, in single precision.
 */
import {
  f32,
  f32x4,
  type FunctionBody,
  i32,
  type Local,
  type ModuleWriter,
  type V128,
} from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { roundOf, writeRow } from "./elementwise.ts";

type Four = Local<"v128">;

/** Reads and writes four elements of the array at an address, or one. */
interface Lanes {
  readonly read: (array: Local<"i32">) => Four;
  readonly write: (array: Local<"i32">, value: V128) => Four;
}

/** Does `four` for `n` elements of some arrays. */
function pass(
  f: FunctionBody,
  n: Local<"i32">,
  isShort: boolean,
  four: (lanes: Lanes) => void,
): void {
  writeRow(f, n, roundOf(isShort), (i, load, store, offset) => {
    four({
      read: (array) => f.local(load(i32.add(array, i), offset)),
      write: (array, value) => {
        const local = f.local(value);
        f.emit(store(i32.add(array, i), local, offset));
        return local;
      },
    });
  });
}

function splat(f: FunctionBody, number: Local<"f32">): Four {
  return f.local(f32x4.splat(number));
}

function writeSgd(writer: ModuleWriter, { madd, nmadd }: Variant): void {
  const arrays = { p: "i32", g: "i32", n: "i32" } as const;
  const settings = { lr: "f32", sign: "f32", decay: "f32" } as const;
  const sgd = writer.function("sgd", { ...arrays, ...settings }, (f, args) => {
    const [lr, sign, decay] = [splat(f, args.lr), splat(f, args.sign), splat(f, args.decay)];
    pass(f, args.n, true, ({ read, write }) => {
      const p = read(args.p);
      const slope = f.local(madd(p, decay, f32x4.mul(sign, read(args.g))));
      write(args.p, nmadd(lr, slope, p));
    });
  });
  // The same for `n` rows of `width`, whose numbers in the parameter are at `places`.
  const rows = { p: "i32", g: "i32", places: "i32", n: "i32", width: "i32", lr: "f32" } as const;
  writer.function("sgdRows", rows, (f, { p, g, places, n, width, lr }) => {
    const stride = f.local(i32.shl(width, 2));
    f.while(n, () => {
      const row = i32.add(p, i32.mul(i32.load(places), stride));
      f.call(sgd, row, g, width, lr, f32.const(1), f32.const(0));
      f.advance(g, stride);
      f.advance(places, 4);
      f.advance(n, -1);
    });
  });
  const more = { v: "i32", momentum: "f32", keep: "f32", take: "f32", nesterov: "i32" } as const;
  writer.function("sgdMomentum", { ...arrays, ...settings, ...more }, (f, args) => {
    const [lr, sign, decay] = [splat(f, args.lr), splat(f, args.sign), splat(f, args.decay)];
    const [momentum, keep] = [splat(f, args.momentum), splat(f, args.keep)];
    const take = splat(f, args.take);
    const run = (isNesterov: boolean) => {
      pass(f, args.n, false, ({ read, write }) => {
        const p = read(args.p);
        const slope = f.local(madd(p, decay, f32x4.mul(sign, read(args.g))));
        const v = write(args.v, madd(keep, read(args.v), f32x4.mul(take, slope)));
        write(args.p, nmadd(lr, isNesterov ? f.local(madd(momentum, v, slope)) : v, p));
      });
    };
    f.if(
      args.nesterov,
      () => run(true),
      () => run(false),
    );
  });
}

function writeAdam(writer: ModuleWriter, { madd }: Variant): void {
  const parameters = {
    p: "i32",
    g: "i32",
    first: "i32",
    second: "i32",
    /** 0 without AMSGrad. */
    largest: "i32",
    n: "i32",
    rate: "f32",
    scale: "f32",
    eps: "f32",
    sign: "f32",
    decay: "f32",
    /** What decoupled decay takes of the parameter. */
    pull: "f32",
    beta1: "f32",
    /** 1 - β₁. */
    take1: "f32",
    beta2: "f32",
    take2: "f32",
  } as const;
  writer.function("adam", parameters, (f, args) => {
    const [rate, scale, eps] = [splat(f, args.rate), splat(f, args.scale), splat(f, args.eps)];
    const [sign, decay, pull] = [splat(f, args.sign), splat(f, args.decay), splat(f, args.pull)];
    const [beta1, take1] = [splat(f, args.beta1), splat(f, args.take1)];
    const [beta2, take2] = [splat(f, args.beta2), splat(f, args.take2)];
    const run = (isAmsgrad: boolean) => {
      pass(f, args.n, false, ({ read, write }) => {
        const p = read(args.p);
        const g = f.local(madd(p, decay, f32x4.mul(sign, read(args.g))));
        const m = write(args.first, madd(beta1, read(args.first), f32x4.mul(take1, g)));
        // (1 - β₂) g before its square, which may be too large alone.
        const more = f32x4.mul(f32x4.mul(take2, g), g);
        const size = write(args.second, madd(beta2, read(args.second), more));
        const v = isAmsgrad ? write(args.largest, f32x4.max(read(args.largest), size)) : size;
        const root = madd(f32x4.sqrt(v), scale, eps);
        const change = madd(pull, p, f32x4.div(f32x4.mul(rate, m), root));
        write(args.p, f32x4.sub(p, change));
      });
    };
    f.if(
      args.largest,
      () => run(true),
      () => run(false),
    );
  });
}

function writeRmsprop(writer: ModuleWriter, { madd, nmadd }: Variant): void {
  const parameters = {
    p: "i32",
    g: "i32",
    square: "i32",
    /** 0 unless centred. */
    mean: "i32",
    /** 0 without momentum. */
    velocity: "i32",
    n: "i32",
    lr: "f32",
    alpha: "f32",
    /** 1 - α. */
    take: "f32",
    eps: "f32",
    sign: "f32",
    decay: "f32",
    momentum: "f32",
  } as const;
  writer.function("rmsprop", parameters, (f, args) => {
    const [lr, alpha, take] = [splat(f, args.lr), splat(f, args.alpha), splat(f, args.take)];
    const [eps, sign, decay] = [splat(f, args.eps), splat(f, args.sign), splat(f, args.decay)];
    const momentum = splat(f, args.momentum);
    const run = (isCentred: boolean, hasMomentum: boolean) => {
      pass(f, args.n, false, ({ read, write }) => {
        const p = read(args.p);
        const g = f.local(madd(p, decay, f32x4.mul(sign, read(args.g))));
        const more = f32x4.mul(f32x4.mul(take, g), g);
        let s: V128 = write(args.square, madd(alpha, read(args.square), more));
        if (isCentred) {
          const a = write(args.mean, madd(alpha, read(args.mean), f32x4.mul(take, g)));
          // A variance; rounding can bring it below 0.
          s = f32x4.max(nmadd(a, a, s), f.constant(f32x4.const(0)));
        }
        let d: V128 = f32x4.div(g, f32x4.add(f32x4.sqrt(s), eps));
        if (hasMomentum) d = write(args.velocity, madd(momentum, read(args.velocity), d));
        write(args.p, nmadd(lr, d, p));
      });
    };
    const byMomentum = (isCentred: boolean) => {
      f.if(
        args.velocity,
        () => run(isCentred, true),
        () => run(isCentred, false),
      );
    };
    f.if(
      args.mean,
      () => byMomentum(true),
      () => byMomentum(false),
    );
  });
}

function writeAdagrad(writer: ModuleWriter, { madd }: Variant): void {
  const parameters = {
    p: "i32",
    g: "i32",
    sum: "i32",
    n: "i32",
    rate: "f32",
    eps: "f32",
    sign: "f32",
    decay: "f32",
  } as const;
  writer.function("adagrad", parameters, (f, args) => {
    const [rate, eps] = [splat(f, args.rate), splat(f, args.eps)];
    const [sign, decay] = [splat(f, args.sign), splat(f, args.decay)];
    pass(f, args.n, false, ({ read, write }) => {
      const p = read(args.p);
      const g = f.local(madd(p, decay, f32x4.mul(sign, read(args.g))));
      const s = write(args.sum, madd(g, g, read(args.sum)));
      const d = f32x4.div(f32x4.mul(rate, g), f32x4.add(f32x4.sqrt(s), eps));
      write(args.p, f32x4.sub(p, d));
    });
  });
}

export function writeSteps(writer: ModuleWriter, variant: Variant): void {
  writeSgd(writer, variant);
  writeAdam(writer, variant);
  writeRmsprop(writer, variant);
  writeAdagrad(writer, variant);
}
