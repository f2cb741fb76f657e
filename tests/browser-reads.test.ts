/** Browser tests ask a page until it says what they want: one that looks once fails on a slow machine. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("e2e/", import.meta.url);
/** Awaited inside `expect`: read once. That nothing stands somewhere is looked at once on purpose. */
const READ_ONCE =
  /expect\(await [^;]*?\.(?:allInnerTexts|innerText|inputValue)\(\)\)\.(?!not\b|toBe\(""\))/;

test.each(readdirSync(folder).filter((file) => file.endsWith(".test.ts")))(
  "%s reads no text of the page only once",
  (file) => {
    const statements = readFileSync(new URL(file, folder), "utf8").split(/;\n/);
    expect(statements.filter((statement) => READ_ONCE.test(statement))).toEqual([]);
  },
);
