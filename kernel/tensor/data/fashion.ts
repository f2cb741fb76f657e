/** Pictures of clothes: 14 x 14 grey values from 0 to 255, and what each shows. */
import { decodeTensors } from "../io/safetensors.ts";
import { Dataset } from "./dataset.ts";

/** Half of white, so that inputs have both signs. */
const middle = 127.5;

/** `x [7000, 196]` scaled to -1..1, `y [7000]`. @throws SyntaxError for a broken file. */
export function parseFashion(bytes: Uint8Array): Dataset {
  const { tensors, metadata } = decodeTensors(bytes);
  const { images, labels } = tensors;
  if (images === undefined || labels === undefined || metadata.classes === undefined)
    throw new SyntaxError("fashion: the file lacks images, labels or classes");
  const classes = JSON.parse(metadata.classes) as readonly string[];
  return new Dataset(images.div(middle).sub(1), labels.to("i32"), { classes });
}
