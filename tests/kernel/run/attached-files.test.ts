import { expect, test } from "vitest";
import { startNotebookKernel } from "../hosts/notebook-kernel.ts";

async function notebook() {
  const kernel = await startNotebookKernel();
  const put = (name: string, text: string) =>
    kernel.files.set(name, new TextEncoder().encode(text));
  const ask = (call: string) =>
    kernel.run(`import { data, files, save, tensor } from "descent";\n${call}`);
  return { kernel, put, ask };
}

test("files reads text, bytes, JSON, tables and tensors of the notebook", async () => {
  const { kernel, put, ask } = await notebook();
  await using _ = kernel;
  put("a.txt", "\uFEFFgrüß\n");
  put("a.json", '{"lr": 0.1}');
  put("iris.csv", "w,l,species\n1,2,a\n3,4,b\n");
  expect((await ask('await files.text("a.txt")')).result).toBe('"grüß\\n"');
  expect((await ask('(await files.bytes("a.json")).length')).result).toBe("11");
  expect((await ask('(await files.json<{ lr: number }>("a.json")).lr')).result).toBe("0.1");
  const iris = 'data.from(await files.csv("iris.csv"), { label: "species" })';
  expect((await ask(`const d = ${iris};\n[d.x.shape, d.classes]`)).result).toBe(
    '[[2, 2], ["a", "b"]]',
  );
  await ask('await save("x.npy", tensor([[1, 2]]))');
  expect((await ask('(await files.npy("x.npy")).shape')).result).toBe("[1, 2]");
});

test("files says what is not there, and what is not what was asked for", async () => {
  const { kernel, put, ask } = await notebook();
  await using _ = kernel;
  put("a.json", "{lr: 1}");
  kernel.files.set("latin.txt", new Uint8Array([0xe9, 0x20]));
  expect((await ask('await files.csv("iris.csv")')).error).toMatchObject({
    message: 'files.csv: this notebook has no file "iris.csv"',
    hint: expect.stringContaining("Attach it by Files in the bar") as string,
    frames: [{ line: 2 }],
  });
  expect((await ask('await files.json("a.json")')).error?.message).toMatch(
    /^files\.json: "a\.json" is no JSON: /,
  );
  expect((await ask('await files.text("latin.txt")')).error?.message).toBe(
    'files.text: "latin.txt" is not UTF-8 text - read it by files.bytes',
  );
  expect((await ask('await files.bytes("../secret")')).error?.message).toContain(
    'files.bytes: "../secret" is not a file name',
  );
});

test("files reads tables in UTF-16 that begin with its mark, and names however an accent is written", async () => {
  const { kernel, ask } = await notebook();
  await using _ = kernel;
  const units = Array.from("\uFEFFname\tñ\nä\t2\n", (one) => one.charCodeAt(0));
  const bytes = (isLittle: boolean) =>
    units.flatMap((u) => (isLittle ? [u & 255, u >> 8] : [u >> 8, u & 255]));
  kernel.files.set("été.csv", new Uint8Array(bytes(true)));
  kernel.files.set("big.txt", new Uint8Array(bytes(false)));
  const table = 'files.csv("e\u0301te\u0301.csv", { separator: "\\t" })';
  expect((await ask(`const t = await ${table};\n[t.name, t["ñ"]]`)).result).toBe('[["ä"], [2]]');
  expect((await ask('await files.text("big.txt")')).result).toBe('"name\\tñ\\nä\\t2\\n"');
});
