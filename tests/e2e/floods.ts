/** Floods of output, and how long the page left a frame undrawn while one came in. */
import type { NotebookPage } from "./harness.ts";

export interface Flood {
  readonly name: string;
  readonly source: string;
  /** It goes on until it is stopped. */
  readonly isEndless: boolean;
  /** What its output says, unfolded. */
  readonly says: readonly RegExp[];
}

export const floods: readonly Flood[] = [
  {
    name: "for (;;) console.log(i)",
    source: "for (let i = 0; ; i++) console.log(i);",
    isEndless: true,
    says: [/^0\n1\n2\n/, /\[\.\.\. [\d,]+ lines \([\d,]+ characters\) left out \.\.\.\]/, /\d\n$/],
  },
  {
    name: "two streams in turn",
    source: 'for (;;) { console.log("out"); console.error("err"); }',
    isEndless: true,
    says: [/^out\n/, /\[\.\.\. [\d,]+ outputs left out \.\.\.\]/],
  },
  {
    name: "10,000 displays a second",
    source: `const begun = performance.now();
for (let i = 0; ; i++) { while (performance.now() - begun < i / 10) {} display(i); }`,
    isEndless: true,
    says: [/^0/, /\[\.\.\. [\d,]+ outputs left out \.\.\.\]/],
  },
  {
    name: "tables of HTML",
    source:
      'for (let i = 0; ; i++) display({ "text/html": `<table><tr><td>${i}</td></tr></table>` });',
    isEndless: true,
    says: [/^0/, /\[\.\.\. [\d,]+ outputs left out \.\.\.\]/],
  },
  {
    name: "formulas in Markdown",
    source: 'for (let i = 0; ; i++) display({ "text/markdown": `**${i}** $x^2$` });',
    isEndless: true,
    says: [/^0/, /\[\.\.\. [\d,]+ outputs left out \.\.\.\]/],
  },
  {
    name: "100 MB of text",
    source: 'for (let i = 0; i < 100; i++) console.log("y".repeat(1_000_000));',
    isEndless: false,
    says: [/^y/, /characters\) left out/, /y\n$/],
  },
  {
    name: "one line of 50 MB",
    source: 'console.log("x".repeat(50_000_000));',
    isEndless: false,
    says: [/^x/, /characters\) left out/, /x\n$/],
  },
  {
    name: "a value whose text has 50 MB",
    source: 'display({ "text/plain": "x".repeat(50_000_000) });',
    isEndless: false,
    says: [/^x/, /characters left out/, /x$/],
  },
];

/** Runs a flood in the first cell, stopped after some frames if it is endless; the worst gap between two. */
export async function worstFrameGap(
  notebook: NotebookPage,
  { source, isEndless }: Flood,
  frames: number,
): Promise<number> {
  await notebook.write(0, source);
  await notebook.page.evaluate(() => {
    const watch = { worstMs: 0, last: performance.now() };
    Object.assign(globalThis, { watch });
    const next = (now: number) => {
      watch.worstMs = Math.max(watch.worstMs, now - watch.last);
      watch.last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await notebook.start(0);
  if (isEndless) {
    await notebook.output(0).locator(".output").first().waitFor();
    await notebook.page.evaluate(
      (count) =>
        new Promise<void>((resolve) => {
          let left = count;
          const next = () => void ((left -= 1) < 0 ? resolve() : requestAnimationFrame(next));
          next();
        }),
      frames,
    );
    await notebook.stop(0);
  } else await notebook.ended(0);
  return notebook.page.evaluate(
    () => (globalThis as unknown as { watch: { worstMs: number } }).watch.worstMs,
  );
}

/** The text of all outputs of the first cell, unfolded. */
export async function unfolded(notebook: NotebookPage): Promise<string> {
  const outputs = notebook.output(0);
  const more = outputs.getByRole("button", { name: /^Show [\d,]+ more of [\d,]+ outputs$/ });
  if (await more.isVisible()) await more.click();
  const fold = outputs.getByRole("button", { name: /^Show all / }).first();
  if (await fold.isVisible()) await fold.click();
  return outputs
    .locator(".output-text, .output-html, .output-markdown")
    .evaluateAll((texts) => texts.map((text) => text.textContent ?? "").join(""));
}
