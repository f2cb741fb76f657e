import { describe, expect, test } from "vitest";
import { formatBytes } from "../../../app/outputs/file-size.ts";
import { isLink, isOwnImage, withoutFetches } from "../../../app/outputs/urls.ts";

describe("addresses in outputs", () => {
  test.each([
    ["data:image/png;base64,AAAA", true],
    ["DATA:IMAGE/JPEG;base64,AA==", true],
    ["data:image/svg+xml;base64,AAAA", false],
    ["data:text/html;base64,AAAA", false],
    ["https://evil.example/x.png", false],
    ["//evil.example/x.png", false],
    ["x.png", false],
  ])("a picture from %s is shown: %s", (url, expected) => {
    expect(isOwnImage(url)).toBe(expected);
  });

  test.each([
    ["https://example.org", true],
    ["mailto:a@example.org", true],
    ["#loss", true],
    ["?lesson=02", true],
    ["?lesson=02-one-neuron", true],
    ["?lesson=02&open=https://evil.example", false],
    ["?notebook=a", false],
    ["/?lesson=02", false],
    ["javascript:alert(1)", false],
    [" java\nscript:alert(1)", false],
    ["data:text/html,x", false],
    ["file:///etc/passwd", false],
  ])("a link to %s stays: %s", (url, expected) => {
    expect(isLink(url)).toBe(expected);
  });

  test.each([
    ["color: red; background: url(https://evil.example)", "color: red"],
    ["background: \\75rl(https://evil.example); width: 1px", " width: 1px"],
    ["background: image-set('https://evil.example' 1x)", ""],
    ["color: red; width: 10px", "color: red; width: 10px"],
  ])("style %s becomes %s", (css, expected) => {
    expect(withoutFetches(css)).toBe(expected);
  });
});

test("formatBytes() counts in thousands", () => {
  expect([0, 812, 9331, 999_950, 1_234_567, 250e6].map(formatBytes)).toEqual([
    "0 B",
    "812 B",
    "9.3 kB",
    "1 MB",
    "1.2 MB",
    "250 MB",
  ]);
});
