import { expect, test } from "vitest";
import { frameMetaPolicy, headersFor, networkMetaPolicy } from "../../app/headers.ts";

test("the kernel's frame is made opaque by its header, wherever it lies, and may fetch nothing", () => {
  for (const path of ["/kernel-frame.html", "/some/path/kernel-frame.html"]) {
    const policy = headersFor(path)["Content-Security-Policy"];
    expect(policy).toMatch(/^sandbox allow-scripts; default-src 'none'; /);
    expect(policy).not.toMatch(/allow-same-origin|connect-src|https?:/);
  }
});

test("the frame for hosts that the reader allowed is as opaque, and differs in the network alone", () => {
  const policy = headersFor("/some/path/network-frame.html")["Content-Security-Policy"];
  expect(policy).toBe(`sandbox allow-scripts; ${networkMetaPolicy}`);
  const directives = (text: string) =>
    text.split("; ").filter((one) => !/^(script|connect)-src/.test(one));
  expect(directives(networkMetaPolicy)).toEqual(directives(frameMetaPolicy));
  expect(networkMetaPolicy).not.toContain("allow-same-origin");
});

test("a name that only ends like the frame's is not the frame", () => {
  expect(headersFor("/not-kernel-frame.html")["Content-Security-Policy"]).not.toContain("sandbox");
});

test("the page is isolated and cannot evaluate text", () => {
  const headers = headersFor("/index.html");
  expect(headers["Cross-Origin-Opener-Policy"]).toBe("same-origin");
  expect(headers["Cross-Origin-Embedder-Policy"]).toBe("require-corp");
  expect(headers["Content-Security-Policy"]).not.toContain("'unsafe-eval'");
  expect(headers["Content-Security-Policy"]).toContain("script-src 'self' 'wasm-unsafe-eval';");
});

test("development loosens the page only", () => {
  expect(headersFor("/index.html", "development")["Content-Security-Policy"]).toContain("ws:");
  expect(headersFor("/kernel-frame.html", "development")).toEqual(headersFor("/kernel-frame.html"));
});

test("what a header alone can say is not in the frame's own policy", () => {
  expect(frameMetaPolicy).not.toContain("sandbox");
  expect(headersFor("/kernel-frame.html")["Content-Security-Policy"]).toContain(frameMetaPolicy);
});
