import { expect, test } from "vitest";
import { attachAll } from "../../../app/ui/attached-files.ts";

async function attach(...files: readonly File[]): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  const write = async (name: string, bytes: Uint8Array) => {
    kept.set(name, new TextDecoder().decode(bytes));
  };
  const to = { write, list: () => Promise.resolve([]), remove: () => Promise.resolve() };
  await attachAll(to, files);
  return kept;
}

test("files that come together keep apart, though their plain names are one", async () => {
  const kept = await attach(
    new File(["1"], "a?.csv"),
    new File(["2"], "a*.csv"),
    new File(["3"], "a<.csv"),
    new File(["4"], "b.csv"),
    new File(["5"], `${"x".repeat(200)}.bin`),
    new File(["6"], `${"x".repeat(200)}y.bin`),
  );
  expect([...kept.values()].toSorted()).toEqual(["1", "2", "3", "4", "5", "6"]);
  expect([...kept.keys()].slice(0, 4)).toEqual(["a-.csv", "a- 2.csv", "a- 3.csv", "b.csv"]);
});

test("a file that cannot be read is named", async () => {
  const folder = Object.assign(new File([], "pictures"), {
    arrayBuffer: () => Promise.reject(new Error("NotFoundError")),
  });
  await expect(attach(folder)).rejects.toThrow('"pictures" cannot be read: it may be a folder.');
});
