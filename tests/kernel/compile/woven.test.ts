import { expect, test } from "vitest";
import type { Guard } from "../../../kernel/compile/compiler.ts";
import { withoutWoven } from "../../../kernel/compile/woven.ts";
import { createNotebook } from "./notebook.ts";

const guards: readonly Guard[] = ["plain", "atomic", "countdown"];

/** As esbuild formats them, so that what is woven in is all that can differ. */
const functions = [
  "(x) => Math.sqrt(x) + other(x)",
  "(x) => ({ y: other(x) })",
  "async (x) => await other(x) + await other(x)",
  "async () => import(where)",
  "() => typeof missing",
  "(g = () => other(1)) => g()",
  `function loops(n) {
  for (let i = 0; i < n; i++) {
    const y = other(i);
    if (y > 2) continue;
    total += y;
  }
  return [1, 2].map((v) => v * total);
}`,
  `async function waits(xs) {
  try {
    for await (const x of xs) {
      await other(x);
    }
    while (other(1)) {
      const [a, { b }] = await other(2);
    }
  } catch (error) {
    other(error);
  } finally {
    other(")");
  }
}`,
  `(x) => {
  try {
    other(x);
  } catch ({ message, cause: [first = other(1)] = [] }) {
    return message;
  }
  try {
    other(x);
  } catch (error) {
    try {
      return { x: other(error) };
    } catch {
      return ")";
    }
  }
}`,
  `class Net {
  layers = other(3);
  get size() {
    return this.layers.length;
  }
  static make() {
    return new Net();
  }
}`,
  "(price) => `${price} $ or $x$`",
];

const made = "const other = (x) => x, where = 'm';\nlet total = 0;\n";

test.each(guards.flatMap((guard) => functions.map((text) => [guard, text] as const)))(
  "withoutWoven() gives a function as its cell has it: %s %s",
  async (guard, text) => {
    const woven = await createNotebook({ guard }).run(`${made}const f = ${text};\nString(f)`);
    expect(withoutWoven(String(woven))).toBe(text);
  },
);

test("withoutWoven() tells generated names from a cell's own", async () => {
  const text = "($k, $f, $r) => $k.slow($f[0], $r)";
  const woven = await createNotebook().run(`${made}const f = ${text};\nString(f)`);
  expect(woven).not.toBe(text);
  expect(withoutWoven(String(woven))).toBe(text);
});
