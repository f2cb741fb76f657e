import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listener, listen } from "./listener.ts";
import { browsers, type Opened, run } from "./readers.ts";

/**
 * What a hostile cell tries. Each program ends in "refused" or in what it got hold of; `listening`
 * is a server on loopback that must never hear from a cell.
 */
const attempts = (listening: string): Record<string, string> => ({
  indexedDB: `await new Promise((yes, no) => { const r = indexedDB.open("x"); r.onsuccess = yes; r.onerror = no; });`,
  localStorage: `localStorage.length;`,
  "document.cookie": `document.cookie;`,
  "parent's document": `(globalThis as any).parent.document.title;`,
  fetch: `await fetch("${listening}/fetch");`,
  XMLHttpRequest: `await new Promise((yes, no) => { const r = new XMLHttpRequest(); r.onload = yes; r.onerror = no; r.open("GET", "${listening}/xhr"); r.send(); });`,
  WebSocket: `await new Promise((yes, no) => { const s = new WebSocket("${listening.replace("http", "ws")}/ws"); s.onopen = yes; s.onerror = no; });`,
  importScripts: `(globalThis as any).importScripts("${listening}/script.js");`,
  "import()": `await (0, eval)('import("${listening}/module.js")');`,
  "a nested worker's fetch": `await new Promise((yes, no) => {
    const w = new Worker("data:text/javascript," + encodeURIComponent('fetch("${listening}/nested").then(() => postMessage(1), () => postMessage(0))'));
    w.onmessage = (e) => (e.data ? yes(1) : no(new Error("refused"))); w.onerror = no;
  });`,
  caches: `await caches.keys();`,
  "the origin's file system": `await navigator.storage.getDirectory();`,
  "its kernel's end": `self.close();`,
  "its kernel's end by another's word": `(globalThis as any).DedicatedWorkerGlobalScope.prototype.close.call(self);`,
});

const program = (attempt: string) =>
  `let outcome = "reached";\ntry {\n${attempt}\n} catch {\n  outcome = "refused";\n}\noutcome`;

let listener: Listener;
beforeAll(async () => {
  listener = await listen();
});
afterAll(() => listener.close());

describe.each(browsers)("a hostile cell in $name", ({ path, open }) => {
  describe.skipIf(!path)("(skipped where it is not installed)", () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await open();
      await opened.reader.openNew();
    });
    afterAll(() => opened.close());

    // One after the other in one notebook, as an author would who does not give up.
    it.each(Object.keys(attempts("")))("is refused %s", async (name) => {
      const source = program(attempts(listener.origin)[name] ?? "");
      expect(await run(opened.reader, 0, source)).toContain("refused");
      expect([listener.heard, listener.connections]).toEqual([[], 0]);
    });
  });
});
