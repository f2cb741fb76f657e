/** Which data cards a cell shows. */
import { expect, test } from "vitest";
import { cardsOf } from "../../../app/ui/data-cards.tsx";

test("cardsOf() gives each data set that a text loads once, and no file of the notebook", () => {
  const source = `const names = data.load("names");
const { train } = data.load('digits').split(0.8);
await load("names.safetensors", net);
const again = data.load("names");`;
  expect(cardsOf(source).map(([name]) => name)).toEqual(["names", "digits"]);
  expect(cardsOf(source)[1]?.[1].authors).toBe("E. Alpaydin and C. Kaynak");
  expect(cardsOf("const load = 1;")).toEqual([]);
});
