/** A figure as a PNG file of its reader's, as sharp as paper needs and on the page's own ground. */

/** Pixels of a picture for one of the page. */
export const SHARPNESS = 2;

/** Longer names of files are cut. */
const LONGEST = 60;

/** What a figure is called, as the name of a file: "Loss of two nets" gives "loss-of-two-nets.png". */
export function pictureName(title: string): string {
  const words = title
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return `${words?.join("-").slice(0, LONGEST) ?? "figure"}.png`;
}

/** Hands a picture, as an address of its data, to the browser's downloads. */
export function savePicture(address: string, title: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = pictureName(title);
  link.click();
}

/** A picture of so many px of the page over `ground`, as the address of a PNG of its data. */
export function pngOf(
  source: CanvasImageSource,
  { width, height }: { readonly width: number; readonly height: number },
  ground: string,
): string {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * SHARPNESS);
  canvas.height = Math.round(height * SHARPNESS);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser makes no pictures.");
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}
