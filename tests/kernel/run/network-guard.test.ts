import { expect, test } from "vitest";
import { guardNetwork } from "../../../kernel/run/network-guard.ts";

function guarded(origins: readonly string[]) {
  const reached: string[] = [];
  const refused: string[] = [];
  class Socket {
    constructor(url: string) {
      reached.push(url);
    }
  }
  class Request_ {
    open(_method: string, url: string): void {
      reached.push(url);
    }
  }
  const scope = {
    fetch: (url: unknown) => {
      reached.push(String(url));
      return Promise.resolve("answer");
    },
    WebSocket: Socket,
    XMLHttpRequest: Request_,
  };
  guardNetwork(scope, origins, (origin) => refused.push(origin));
  return { scope, reached, refused };
}

test("fetch() of a host that is not allowed is a rejection that says what to do, and is told", async () => {
  const { scope, reached, refused } = guarded([]);
  await expect(scope.fetch("https://a.example/data?x=1")).rejects.toMatchObject({
    name: "TypeError",
    message: "fetch: the address is at a.example, and this notebook may not reach it",
    hint: "Allow it in the line above the cells, then run the cell again.",
  });
  await expect(scope.fetch(new URL("http://a.example:81/"))).rejects.toThrow("a.example:81");
  await expect(scope.fetch(new Request("https://b.example/"))).rejects.toThrow("b.example");
  expect(reached).toEqual([]);
  expect(refused).toEqual(["https://a.example", "http://a.example:81", "https://b.example"]);
});

test("fetch() of an allowed host, of data and of blobs goes through", async () => {
  const { scope, reached, refused } = guarded(["https://a.example"]);
  for (const url of ["https://a.example/x", "data:text/plain,1", "blob:null/1"]) {
    expect(await scope.fetch(url)).toBe("answer");
  }
  expect(reached).toHaveLength(3);
  expect(refused).toEqual([]);
});

test("a WebSocket and an XMLHttpRequest to a host that is not allowed throw before they connect", () => {
  const { scope, reached, refused } = guarded(["https://a.example"]);
  expect(() => new scope.WebSocket("wss://b.example/")).toThrow("WebSocket: the address is at");
  expect(() => new scope.XMLHttpRequest().open("GET", "https://c.example/")).toThrow(
    "XMLHttpRequest: the address is at c.example",
  );
  expect(reached).toEqual([]);
  expect(refused).toEqual(["https://b.example", "https://c.example"]);
  expect(new scope.WebSocket("wss://a.example/")).toBeInstanceOf(scope.WebSocket);
  new scope.XMLHttpRequest().open("GET", "https://a.example/");
  expect(reached).toEqual(["wss://a.example/", "https://a.example/"]);
});
