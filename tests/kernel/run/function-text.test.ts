import { expect, test } from "vitest";
import { installFunctionText } from "../../../kernel/run/function-text.ts";

/** `Function.prototype` of a realm of its own. */
function installed(): { readonly toString: (this: unknown) => string } {
  const functions = Object.create(Function.prototype) as Function;
  installFunctionText(functions);
  return functions;
}

test("String(f) has no guards, and the text of others is as it was", () => {
  const text = (f: unknown) => Reflect.apply(installed().toString, f, []);
  // oxlint-disable-next-line no-eval -- as the compiler writes it, to the letter
  const woven: unknown = (0, eval)("(x) => ($f[0]!==0&&$k.slow(),(0,$g$.v)(x)/*$*/)");
  expect(text(woven)).toBe("(x) => g(x)");
  expect(text(Math.sqrt)).toBe(String(Math.sqrt));
  expect(() => text({})).toThrow(TypeError);
});

test("the one who tells the text passes for the platform's own", () => {
  const { toString } = installed();
  expect(String(toString)).toContain("[native code]");
  expect([toString.name, toString.length]).toEqual(["toString", 0]);
});
