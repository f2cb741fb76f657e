/** The data sets that ship with the notebooks are the ones their checksums and licences speak of. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";

const folder = new URL("../../notebooks/data/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder));
const content = (file: string) => gunzipSync(read(`${file}.gz`));
const text = (file: string) => content(file).toString("utf8");

const sums = new Map(
  read("checksums.txt")
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line): [string, string] => {
      const [sum = "", file = ""] = line.split(/\s+/);
      return [file, sum];
    }),
);

describe("notebooks/data", () => {
  test("every compressed file has a checksum and a credit, and no other file has one", () => {
    const shipped = readdirSync(folder).filter((file) => file.endsWith(".gz"));
    expect(shipped.toSorted()).toEqual([...sums.keys()].map((file) => `${file}.gz`).toSorted());
    const credits = read("LICENSES.md").toString("utf8");
    for (const file of shipped) expect(credits).toContain(`\`${file}\``);
  });

  test.each([...sums])("%s holds the content of its checksum", (file, sum) => {
    expect(createHash("sha256").update(content(file)).digest("hex")).toBe(sum);
  });

  test("digits.csv has 1,797 rows of 64 pixels from 0 to 16 and a label", () => {
    const rows = text("digits.csv").trim().split("\n");
    expect(rows).toHaveLength(1797);
    for (const row of rows) {
      const values = row.split(",").map(Number);
      expect(values).toHaveLength(65);
      expect(values.slice(0, 64).every((pixel) => pixel >= 0 && pixel <= 16)).toBe(true);
      expect(values[64]).toBeLessThan(10);
    }
  });

  test("names.txt has each name once, in lower-case letters, most frequent first", () => {
    const lines = text("names.txt").trim().split("\n");
    expect(lines).toHaveLength(29_693);
    expect(lines.every((line) => /^[a-z]+\|\d+$/.test(line))).toBe(true);
    const names = lines.map((line) => line.split("|")[0]);
    expect(new Set(names).size).toBe(names.length);
    const births = lines.map((line) => Number(line.split("|")[1]));
    expect(births).toEqual(births.toSorted((a, b) => b - a));
  });
});
