/** How often a rule speaks, and how it is silenced. */
import { describe, expect, test } from "vitest";
import { silence, tensor } from "../../../../kernel/tensor/index.ts";
import {
  beginNotices,
  noticeRules,
  observeNotices,
} from "../../../../kernel/tensor/notices/notice.ts";
import { told, rules } from "./observed.ts";

describe("a rule", () => {
  const mistake = () => {
    const loss = tensor(1, { requiresGrad: true }).mul(2);
    tensor(loss.item(), { requiresGrad: true }).backward();
  };

  test("speaks once a run", () => {
    mistake();
    mistake();
    expect(rules()).toEqual(["detached-loss"]);
    beginNotices();
    mistake();
    expect(rules()).toEqual(["detached-loss", "detached-loss"]);
  });

  test("that is silenced stays silent in later runs", () => {
    silence("nan-loss");
    beginNotices();
    tensor(Number.NaN, { requiresGrad: true }).mul(1).backward();
    expect(rules()).toEqual([]);
  });

  test("that does not exist cannot be silenced", () => {
    const list = noticeRules.map((rule) => `"${rule}"`).join(", ");
    expect(() => silence("zerograd" as never)).toThrow(`silence: "zerograd" - wanted ${list}`);
    expect(() => silence()).toThrow("silence: no rule - wanted");
    expect(() => silence(3 as never)).toThrow("silence: a number - wanted");
  });

  test("is not followed where nobody observes", () => {
    observeNotices(null);
    mistake();
    expect(told).toEqual([]);
  });
});
