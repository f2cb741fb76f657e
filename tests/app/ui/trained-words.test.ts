import { expect, it } from "vitest";
import { trainedNames, trainedWords } from "../../../app/ui/trained-words.ts";

const net = { optimizer: "opt", kind: "Adam", models: ["net"], steps: 1_240 };
const nameless = { optimizer: null, kind: "SGD", models: [], steps: 7 };

it("trainedWords() says names and the step", () => {
  expect(trainedWords([net])).toBe("net and opt as they were at step 1,240");
});

it.each([
  [[net], "net and opt"],
  [[nameless], "the parameters and SGD"],
  [[{ ...net, models: ["encoder", "decoder"] }], "encoder, decoder and opt"],
  [[net, { ...net, optimizer: "other" }], "net, opt and other"],
])("trainedNames(%o) is %s", (trained, words) => {
  expect(trainedNames(trained)).toBe(words);
});
