/**
 * Who may import whom (ARCHITECTURE.md): a table, read against every import of `kernel/` and
 * `app/`. Type imports count like any other unless a rule says they are free.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import ts from "typescript";

/** Seams of types only, which any part of the app may name. */
const contracts = [
  "kernel/protocol.ts",
  "kernel/training.ts",
  "kernel/hosts/notices.ts",
  "kernel/hosts/host.ts",
  "kernel/compile/compiler.ts",
];

/** Packages with one owner: nobody else may import them. */
const owners = [
  { package: /^monaco-editor(\/|$)/, folder: /^app\/editor\// },
  { package: /^plotly\.js(\/|$)/, folder: /^app\/outputs\// },
  { package: /^(katex|dompurify|marked)(\/|$)/, folder: /^app\/outputs\// },
  { package: /^(@dagrejs\/dagre|d3-hierarchy)(\/|$)/, folder: /^app\/outputs\/diagram\// },
  { package: /^esbuild-wasm(\/|$)/, folder: /^app\/session\// },
  { package: /^idb(\/|$)/, folder: /^app\/storage\// },
  {
    package: /^(react|react-dom|react-aria-components|zustand)(\/|$)/,
    folder: /^app\/(ui\/|main\.tsx)/,
  },
  { package: /^comlink(\/|$)/, folder: /^(app\/session|kernel\/hosts)\// },
  { package: /^@(jax-js|tensorflow)\//, folder: /^tests\/bench\// },
  { package: /^(acorn|magic-string|@jridgewell)(\/|$)/, folder: /^kernel\/compile\// },
];

/** What modules below `from` must not import; `why` is the sentence printed. */
const rules = [
  {
    from: /^kernel\/tensor\//,
    not: /^(?!kernel\/tensor\/)/,
    why: "the engine imports nothing outside itself",
  },
  { from: /^kernel\//, not: /^app\//, why: "the kernel never imports the app" },
  {
    from: /^kernel\/(plot|inputs)\//,
    not: /^(?!kernel\/(plot|inputs|tensor)\/|kernel\/protocol\.ts|kernel\/run\/surface\.ts)/,
    why: "figures and knobs know the engine, the protocol and the surface only",
  },
  {
    from: /^kernel\/checks\//,
    not: /^(?!kernel\/(checks|tensor)\/)/,
    why: "checks know the engine only",
  },
  {
    from: /^app\/(notebook|formats)\//,
    not: /^(?!app\/(notebook|formats)\/)/,
    except: contracts,
    why: "the document and its formats run in Node without a DOM",
  },
  ...["editor", "outputs", "storage", "language", "session"].map((part) => ({
    from: new RegExp(`^app/${part}/`),
    not: new RegExp(`^app/(?!${part}/|notebook/|headers\\.)`),
    why: `app/${part} knows the document and the kernel, not its siblings`,
  })),
  {
    from: /^app\/(?!main\.tsx|ui\/)/,
    not: /^app\/(ui\/|main\.tsx)/,
    why: "only main imports the user interface",
  },
];

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(ts|tsx|mjs)$/.test(entry.name)) yield path;
  }
}

/** The specifiers a module imports, statically or by a literal `import()`. */
export function importsOf(text, name = "module.ts") {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, false);
  const found = [];
  const visit = (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      found.push(node.moduleSpecifier.text);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier && ts.isStringLiteralLike(specifier)) found.push(specifier.text);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      found.push(node.argument.literal.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The sentence of the rule that this import breaks, or null. Paths are relative to the root. */
export function broken(from, specifier) {
  const bare = specifier.split("?")[0];
  if (!bare.startsWith(".")) {
    if (from.startsWith("kernel/tensor/")) return "the engine imports no packages";
    const owner = owners.find((row) => row.package.test(bare));
    return owner && !owner.folder.test(from)
      ? `${bare} has one owner, ${owner.folder.source}`
      : null;
  }
  const target = posix.normalize(posix.join(posix.dirname(from), bare));
  const rule = rules.find(
    (row) => row.from.test(from) && row.not.test(target) && !(row.except ?? []).includes(target),
  );
  return rule ? rule.why : null;
}

/** Reads every module below `root`'s kernel and app. */
export function checkBoundaries(root) {
  let modules = 0;
  let imports = 0;
  const violations = [];
  for (const folder of ["kernel", "app"]) {
    for (const path of sources(join(root, folder))) {
      modules += 1;
      const from = relative(root, path).split(sep).join("/");
      for (const specifier of importsOf(readFileSync(path, "utf8"), path)) {
        imports += 1;
        const why = broken(from, specifier);
        if (why) violations.push(`${from} imports "${specifier}": ${why}`);
      }
    }
  }
  return { modules, imports, violations };
}

if (process.argv[1] && import.meta.filename === process.argv[1]) {
  const result = checkBoundaries(join(dirname(import.meta.filename), ".."));
  for (const line of result.violations) console.error(line);
  console.log(
    `boundaries: ${result.modules} modules, ${result.imports} imports, ${result.violations.length} broken`,
  );
  // A check that saw nothing must not look like a check that found nothing.
  process.exit(result.violations.length === 0 && result.modules > 50 ? 0 : 1);
}
