import { expect, test } from "vitest";
import { pictureName } from "../../../app/outputs/save-picture.ts";

test.each([
  ["Loss of two nets", "loss-of-two-nets.png"],
  ["../../etc/passwd\u0000", "etc-passwd.png"],
  ["Größe der Schritte 0,1", "größe-der-schritte-0-1.png"],
  ["", "figure.png"],
  ["?!", "figure.png"],
  ["long ".repeat(40), `${"long-".repeat(12)}.png`],
])("pictureName(%j) is %s", (title, name) => {
  expect(pictureName(title)).toBe(name);
});
