import { describe, expect, it } from "vitest";
import { readLink } from "../../../app/ui/remote-notebook.ts";

const answering = (text: string) => (address: URL) => Promise.resolve(`${text}${address.hash}`);
const nameOf = async (address: string, text = "// %%") =>
  (await readLink(address, answering(text))).name;

describe("readLink()", () => {
  it("gives the text, and the last part of the address as its name", async () => {
    expect(await readLink("https://a.example/b/my%20book.ipynb?raw=1", answering("{}"))).toEqual({
      name: "my book.ipynb",
      text: "{}",
    });
    expect(await nameOf("https://a.example/lesson.TS")).toBe("lesson.TS");
  });

  it("tells the form by the text where the address does not", async () => {
    expect(await nameOf("https://a.example/raw/12ab", ' {"cells": []}')).toBe("12ab.ipynb");
    expect(await nameOf("https://a.example/")).toBe("a.example.ts");
    expect(await nameOf("https://a.example/100%")).toBe("100%.ts");
  });

  it.each([
    ["book.ipynb", '"book.ipynb" is no address: ?open= wants https://… of a notebook.'],
    ["http://a.example/b.ts", "http://a.example/b.ts is not fetched: an address must begin with"],
    ["javascript:alert(1)", "javascript:alert(1) is not fetched"],
    ["file:///etc/passwd", "file:///etc/passwd is not fetched"],
  ])("refuses %s before anything is fetched", async (address, said) => {
    const never = () => Promise.reject(new Error("fetched"));
    await expect(readLink(address, never)).rejects.toThrow(said);
  });

  it("reads from this machine without https", async () => {
    expect(await nameOf("http://localhost:8080/b.ts")).toBe("b.ts");
    expect(await nameOf("http://127.0.0.1/b.ts")).toBe("b.ts");
  });
});
