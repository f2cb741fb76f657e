/** What axe finds wrong on a page, or in a part of it. */
import axe from "axe-core";
import type { Page } from "playwright-core";

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** One line a fault, with the elements that have it; none where all is well. */
export async function faultsIn(page: Page, selector = "html"): Promise<readonly string[]> {
  // Evaluated by the debugger, which the page's policy does not bind.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async (part) => {
    const { run } = (
      globalThis as unknown as {
        axe: { run(part: string): Promise<{ violations: Violation[] }> };
      }
    ).axe;
    return (await run(part)).violations;
  }, selector);
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map((node) => node.html)
        .join(" ")
        .slice(0, 300)}`,
  );
}
