import { expect, test } from "vitest";
import { decodeText } from "../../kernel/text-encoding.ts";

test.each([
  ["UTF-8", [0xc3, 0xa9]],
  ["UTF-8 with a mark", [0xef, 0xbb, 0xbf, 0xc3, 0xa9]],
  ["UTF-16 of little ends", [0xff, 0xfe, 0xe9, 0x00]],
  ["UTF-16 of big ends", [0xfe, 0xff, 0x00, 0xe9]],
])("decodeText() reads %s", (_, bytes) => {
  expect(decodeText(Uint8Array.from(bytes))).toBe("é");
});

test.each([
  ["Latin-1", [0x63, 0xe9]],
  ["half a character", [0xe2, 0x82]],
  ["half a UTF-16 unit", [0xff, 0xfe, 0xe9]],
])("decodeText() refuses %s", (_, bytes) => {
  expect(() => decodeText(Uint8Array.from(bytes))).toThrow(TypeError);
});
