import { expect, test } from "vitest";
import { createNotebook } from "./notebook.ts";

/** The code of a cell from its first own line on. */
async function bodyOf(source: string): Promise<string> {
  const { code } = await createNotebook().compile(source);
  return code.replace(/\n\/\/# [^]*$/, "").replaceAll("if($f[0]!==0)$k.slow();", "");
}

test("what waits says for which run it goes on: the one its function was called for", async () => {
  const code = await bodyOf("const one = await f();\nasync function g() {\n  await h();\n}");
  expect(code).toMatch(/^\(async function \$cell\(\$k,\$f\)\{"use strict";const \$r=\$k\.now\(\);/);
  expect(code).toContain("$one$.v = $k.back($r,await (0,$f$.v)()/*$*/);");
  expect(code).toMatch(/async function g\(\) \{const \$r=\$k\.now\(\);\s+\$k\.back\(\$r,await/);
});

test("a function that is one expression says it in place", async () => {
  const code = await bodyOf("const f = async (x) => [await x, await x];");
  expect(code).toContain("[$k.back($k.now(),await x/*$*/), $k.back($k.now(),await x/*$*/)]");
});

test("loops over what comes, and what catches a failed wait, look too", async () => {
  const code = await bodyOf(
    "for await (const x of xs) use(x);\ntry { await one } catch { two() }\ntry { one() } catch { two() }",
  );
  expect(code.match(/\$k\.back\(\$r\);/g)).toHaveLength(2);
  expect(code).toMatch(/catch \{\$k\.back\(\$r\);/);
});

test("imports are waited for like anything else", async () => {
  const code = await bodyOf('import { a } from "m";\nimport "n";\nexport * from "o";');
  expect(code.match(/\$k\.back\(\$r,await \$k\.import\("[mno]"\)\)/g)).toHaveLength(3);
});

test("code that waits for nothing has none of it", async () => {
  const code = await bodyOf("const f = (x) => x;\nf(1)");
  expect(code).not.toMatch(/\$r|\$k\.(?:now|back)/);
});

test("a cell's own $r does not meet the generated one", async () => {
  const notebook = createNotebook();
  expect(await notebook.run("const f = async ($r) => { await null; return $r }; await f(2)")).toBe(
    2,
  );
});
