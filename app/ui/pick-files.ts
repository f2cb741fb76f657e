/** Asks for files with the browser's own dialog. `accept`: endings for one file, or "" for any number. */
export function pickFiles(accept: string, then: (files: readonly File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.multiple = accept === "";
  input.addEventListener("change", () => {
    if (input.files && input.files.length > 0) then(Array.from(input.files));
  });
  input.click();
}
