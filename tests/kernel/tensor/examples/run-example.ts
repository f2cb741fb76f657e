/**
 * Runs the code of an `@example` with all of "descent" in scope. A line `expression // text` is a
 * claim: the value's text must be that. The text goes on in comment lines right below it.
 */
import ts from "typescript";
import * as descent from "../../../../kernel/descent.ts";

export interface Claim {
  readonly line: string;
  readonly wanted: string;
  readonly got: string;
}

/** The claims of an example, in the order they were made. @throws what the example throws. */
export async function runExample(code: string): Promise<Claim[]> {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true);
  const claims: Claim[] = [];
  const parts = source.statements.map((statement) => {
    const text = statement.getText(source);
    const wanted = ts.isExpressionStatement(statement) ? claimed(code, statement.end) : null;
    return wanted === null
      ? text
      : `claim(${JSON.stringify(text)}, ${JSON.stringify(wanted)}, ${text.replace(/;$/, "")});`;
  });
  const { outputText } = ts.transpileModule(
    `export {}; async function example() {\n${parts.join("\n")}\n}`,
    { compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext } },
  );
  const body = `${outputText.replace("export {};", "")}\nreturn example();`;
  // Examples are our own text; this is how a cell gets its imports too.
  const run = Reflect.construct(Function, ["claim", ...Object.keys(descent), body]) as (
    ...values: unknown[]
  ) => Promise<void>;
  const claim = (line: string, wanted: string, value: unknown): void => {
    claims.push({ line, wanted, got: String(value) });
  };
  descent.manualSeed(0);
  await run(claim, ...Object.values(descent));
  return claims;
}

/** The comment that ends the line at `end`, and the whole-line comments below it. */
function claimed(code: string, end: number): string | null {
  const [first = "", ...below] = code.slice(end).split("\n");
  const said = /^;?[ \t]*\/\/ ?(.*)$/.exec(first)?.[1];
  if (said === undefined) return null;
  const lines = [said.trim()];
  for (const line of below) {
    const more = /^\/\/ ?(.*)$/.exec(line)?.[1];
    if (more === undefined) break;
    lines.push(more.trimEnd());
  }
  return lines.join("\n");
}
