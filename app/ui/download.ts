/** Hands bytes to the browser as a file of this name. Only ever called for a press of the reader. */
export function download(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has the blob by then; revoking at once stops the download in some.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A notebook's title as a file name: `Turn the knobs!` gives `turn-the-knobs`. */
export function fileNameOf(title: string): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words ? words.join("-").slice(0, 80) : "notebook";
}
