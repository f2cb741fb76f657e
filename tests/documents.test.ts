import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const documents = [
  "README.md",
  "ARCHITECTURE.md",
  "DECISIONS.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "notebooks/README.md",
];

/** Where a document may name a path from: the root, or one of the folders it is describing. */
const bases = [
  "",
  "kernel",
  "app",
  "app/outputs",
  "kernel/tensor",
  "kernel/compile",
  "kernel/hosts",
  "notebooks",
  "tests",
];

/** Text in backticks that is a path of this repository: it has a slash or a file's ending. */
function pathsIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? "");
  const inDiagram = [...text.matchAll(/"((?:kernel|app)\/[\w./-]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  return [...quoted, ...inDiagram].filter((path) =>
    /^[\w.-]+(\/[\w.-]*)+$|^[\w-]+\.(tsx?|mjs|html)$/.test(path),
  );
}

const generated = new Set(["dist/", "kernel-frame.html", "NN-slug.ts"]);

describe.each(documents)("%s", (name) => {
  it("names only paths that exist", () => {
    const named = pathsIn(readFileSync(join(root, name), "utf8")).filter(
      (path) => !generated.has(path),
    );
    const missing = named.filter(
      (path) => !bases.some((base) => existsSync(join(root, base, path))),
    );
    expect(missing).toEqual([]);
  });
});

describe("SECURITY.md", () => {
  const text = readFileSync(join(root, "SECURITY.md"), "utf8");
  const proofs = [...text.matchAll(/`(tests\/[^`]+\.test\.ts)`((?:[:,] "[^"]+")*)/g)].map(
    ([, file = "", names = ""]) => ({
      file,
      names: [...names.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name),
    }),
  );

  it.each(proofs)("names tests that exist in $file", ({ file, names }) => {
    const source = readFileSync(join(root, file), "utf8");
    expect(names.filter((name) => !source.includes(name))).toEqual([]);
  });

  it("proves its promises by more than a dozen tests", () => {
    expect(proofs.length).toBeGreaterThan(12);
  });
});

describe("the source tree", () => {
  const files = ["kernel", "app"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(root, folder, name)),
  );
  const lines = (path: string) => readFileSync(path, "utf8").split("\n").length;

  it("has no file over 400 lines and a median below 150", () => {
    const lengths = files.map(lines).sort((a, b) => a - b);
    expect(files.filter((file) => lines(file) > 400)).toEqual([]);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(150);
  });

  it("opens every file with a comment that says what it is", () => {
    expect(files.filter((file) => !readFileSync(file, "utf8").startsWith("/**"))).toEqual([]);
  });
});
