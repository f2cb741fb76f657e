/** The text of a cell with every name of the engine in scope, and a way to run it. */
import ts from "typescript";
import * as descent from "../../kernel/tensor/index.ts";

/** The constructor of asynchronous functions, which has no name of its own. */
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
  parameter: string,
  body: string,
) => (engine: typeof descent) => Promise<void>;

const names = Object.keys(descent).filter((name) => name !== "Tensor");

/** `text` under an import of everything; one line, so that positions move by one line only. */
export function cellOf(text: string): string {
  return `import { ${names.join(", ")}, Tensor } from "descent";\n${text}`;
}

/** Runs the text, types stripped, as the body of an asynchronous function. */
export async function run(text: string): Promise<void> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  const body = outputText.replace(/^export \{\};$/m, "");
  const program = new AsyncFunction(
    "descent",
    `const { ${names.join(", ")}, Tensor } = descent;${body}`,
  );
  await program(descent);
}
