/** What the three directions of a convolution are told about the window and the padded image. */
import { type FunctionBody, i32, type Local, type Value } from "../../assembler/index.ts";
import { whole } from "../matmul/routine.ts";
import type { ImageCopy } from "./image.ts";

/**
 * The tables of patches (see `patches.ts`) with `k` taps and `places` places; an image of a group and
 * `room` for it with its padding, 0 where it has none and is read where it lies.
 */
export const geometry = {
  ...whole("taps", "rows", "run", "places", "k", "room", "roomBytes", "imageBytes"),
  ...whole("channels", "height", "width", "planeBytes", "rowBytes", "top", "left", "stride"),
  ...whole("phaseBytes"),
} as const;
type Geometry = { readonly [K in keyof typeof geometry]: Local<"i32"> };

/** Copies between `image` and its room, which begins with zeros. */
export function copyImage(
  f: FunctionBody,
  copy: ImageCopy,
  image: Value<"i32">,
  args: Geometry,
): void {
  const { channels, height, width, planeBytes, rowBytes, top, left, stride, phaseBytes } = args;
  const inside = { channels, height, width, planeBytes, rowBytes, top, left, stride, phaseBytes };
  copy(f, { image, padded: args.room, ...inside });
}

/** Nothing but zeros around the image: its middle is written over by every image. */
export function clearRoom(f: FunctionBody, { room, roomBytes }: Geometry): void {
  f.if(room, () => f.fillMemory(room, 0, roomBytes));
}

/** The padded copy of `image`, or where it lies. */
export function padded(
  f: FunctionBody,
  pad: ImageCopy,
  image: Local<"i32">,
  args: Geometry,
): Local<"i32"> {
  const base = f.local("i32");
  f.set(base, image);
  f.if(args.room, () => {
    copyImage(f, pad, image, args);
    f.set(base, args.room);
  });
  return base;
}

/** The number of bytes of `x` elements. */
export const bytesOf = (x: Value<"i32">): Value<"i32"> => i32.shl(x, 2);
