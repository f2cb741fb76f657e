/**
 * Images with their padding, in which an element of a patch lies at a sum of two offsets: one of its
 * place, one of its tap. Where the window strides, a row is sorted into as many phases as a stride has
 * elements, so that neighbouring places find what they want side by side; no tap asks otherwise.
 */
import { f32, i32, type ModuleWriter, v128 } from "../../assembler/index.ts";
import { type Routine, whole, writeRoutine } from "../matmul/routine.ts";
import { sum } from "../matmul/parts.ts";

const parameters = {
  ...whole("image", "padded", "channels", "height", "width"),
  ...whole("planeBytes", "rowBytes", "top", "left", "stride", "phaseBytes"),
} as const;
export type ImageCopy = Routine<typeof parameters>;

/**
 * Copies a dense `image [channels, height, width]` into the middle of `padded`, or back with `crop`.
 * `planeBytes` and `rowBytes` lead on in `padded`, `phaseBytes` from phase to phase.
 */
export function writeImageCopy(writer: ModuleWriter, name: "pad" | "crop"): ImageCopy {
  return writeRoutine(writer, `image.${name}`, parameters, (f, args) => {
    const { image, padded, channels, height, width } = args;
    const { planeBytes, rowBytes, top, left, stride, phaseBytes } = args;
    const number = () => f.local("i32");
    const [y, x, inside, phase, place] = [number(), number(), number(), number(), number()];
    const [from, to] = name === "pad" ? [image, inside] : [inside, image];
    const firstPhase = f.local(i32.remU(left, stride));
    const firstPlace = f.local(i32.shl(i32.divU(left, stride), 2));
    const vectors = f.local(i32.and(width, -4));
    const single = () => f.emit(f32.store(to, f32.load(from)));
    f.while(channels, () => {
      f.set(y, 0);
      f.upTo(y, height, 1, () => {
        f.set(x, 0);
        f.if(
          i32.eq(stride, 1),
          () => {
            f.set(inside, sum(padded, i32.mul(i32.add(top, y), rowBytes), i32.shl(left, 2)));
            f.upTo(x, vectors, 4, () => {
              f.emit(v128.store(to, v128.load(from)));
              f.advance(image, 16);
              f.advance(inside, 16);
            });
            f.upTo(x, width, 1, () => {
              single();
              f.advance(image, 4);
              f.advance(inside, 4);
            });
          },
          () => {
            f.set(phase, firstPhase);
            f.set(place, i32.add(i32.mul(i32.add(top, y), rowBytes), firstPlace));
            f.upTo(x, width, 1, () => {
              f.set(inside, sum(padded, place, i32.mul(phase, phaseBytes)));
              single();
              f.advance(image, 4);
              f.advance(phase, 1);
              f.if(i32.eq(phase, stride), () => {
                f.set(phase, 0);
                f.advance(place, 4);
              });
            });
          },
        );
      });
      f.advance(padded, planeBytes);
      f.advance(channels, -1);
    });
  });
}
