import { describe, expect, test } from "vitest";
import { placeholder, takeMath } from "../../../app/outputs/math.ts";

const [first, second] = [placeholder(0), placeholder(1)];

describe("takeMath()", () => {
  test.each([
    ["inline", "a $x_1$ b", `a ${first} b`, [["x_1", false]]],
    ["display", "$$\\frac12$$", first, [["\\frac12", true]]],
    ["double backslashes survive", "$$a \\\\ b$$", first, [["a \\\\ b", true]]],
    ["two prices are math, as in Jupyter", "Cost $5 and $6", `Cost ${first}6`, [["5 and ", false]]],
    ["an escaped dollar is a dollar", "Cost \\$5 and \\$6", "Cost \\$5 and \\$6", []],
    ["a dollar inside math can be escaped", "$5\\$ x$", first, [["5\\$ x", false]]],
    ["code spans are left alone", "`$a$` and ``$`b$``", "`$a$` and ``$`b$``", []],
    [
      "fences are left alone",
      "```\n$a$\n```\n$b$",
      `\`\`\`\n$a$\n\`\`\`\n${first}`,
      [["b", false]],
    ],
    ["tilde fences are left alone", "~~~\n$a$\n~~~", "~~~\n$a$\n~~~", []],
    ["an open fence goes to the end", "```\n$a$", "```\n$a$", []],
    ["strike-through is no fence", "~~$a$~~", `~~${first}~~`, [["a", false]]],
    ["no blank line inside", "$a\n\nb$", "$a\n\nb$", []],
    ["one line break inside", "$a\nb$", first, [["a\nb", false]]],
    ["braces must balance", "$\\text{a $ b}$", first, [["\\text{a $ b}", false]]],
    ["a lone dollar stays", "only $5", "only $5", []],
    ["empty math stays", "$$ $$ $ $", "$$ $$ $ $", []],
    ["parentheses", "\\\\(x\\\\) y", `${first} y`, [["x", false]]],
    ["brackets", "\\\\[x\\\\] y", `${first} y`, [["x", true]]],
    [
      "environments keep their names",
      "\\begin{align*}a &= b\\end{align*}",
      first,
      [["\\begin{align*}a &= b\\end{align*}", true]],
    ],
    [
      "several",
      "$a$ and $b$",
      `${first} and ${second}`,
      [
        ["a", false],
        ["b", false],
      ],
    ],
  ] as const)("%s", (_, markdown, text, formulas) => {
    const taken = takeMath(markdown);
    expect(taken.text).toBe(text);
    expect(taken.formulas.map(({ tex, isDisplay }) => [tex, isDisplay])).toEqual(formulas);
  });

  test("placeholders cannot be typed by a reader", () => {
    expect(takeMath(`${placeholder(7)} $a$`).text).toBe(`7 ${first}`);
  });
});
