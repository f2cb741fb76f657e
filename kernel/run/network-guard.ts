/**
 * The words in which a cell hears that it may not reach a host, and the reader is asked. What
 * really refuses is the policy of the kernel's document: this here could be got round, and would
 * gain nothing.
 */

/** The global scope's ways to the network; absent ones stay so. */
export interface NetworkScope {
  fetch?: unknown;
  WebSocket?: unknown;
  XMLHttpRequest?: unknown;
}

/** The error of whoever was refused: `what` is "fetch: example.org". */
export function networkRefused(what: string): TypeError {
  return Object.assign(new TypeError(`${what}, and this notebook may not reach it`), {
    hint: "Allow it in the line above the cells, then run the cell again.",
  });
}

/** Wraps `fetch`, `WebSocket` and `XMLHttpRequest` of `scope`; `refused` is told the origin. */
export function guardNetwork(
  scope: NetworkScope,
  origins: readonly string[],
  refused: (origin: string) => void,
): void {
  /** @throws TypeError when the address leads to a host that is not allowed */
  function check(operation: string, address: unknown): void {
    const url = String(address instanceof Request ? address.url : address);
    if (!URL.canParse(url)) return;
    const { protocol, host } = new URL(url);
    const secure = protocol === "https:" || protocol === "wss:";
    if (!secure && protocol !== "http:" && protocol !== "ws:") return;
    const origin = `${secure ? "https" : "http"}://${host}`;
    if (origins.includes(origin)) return;
    refused(origin);
    throw networkRefused(`${operation}: the address is at ${host}`);
  }

  const { fetch: nativeFetch, WebSocket: Socket, XMLHttpRequest: Request_ } = scope;
  if (typeof nativeFetch === "function") {
    // Async, so that a refusal is a rejection, as a failed fetch is.
    scope.fetch = async (...args: unknown[]): Promise<unknown> => {
      check("fetch", args[0]);
      return Reflect.apply(nativeFetch, scope, args) as unknown;
    };
  }
  if (typeof Socket === "function") {
    scope.WebSocket = new Proxy(Socket, {
      construct(target, args: unknown[], self) {
        check("WebSocket", args[0]);
        return Reflect.construct(target, args, self) as object;
      },
    });
  }
  if (typeof Request_ === "function") {
    const prototype = Request_.prototype as { open: (...args: unknown[]) => void };
    const { open } = prototype;
    prototype.open = function (...args) {
      check("XMLHttpRequest", args[1]);
      return Reflect.apply(open, this, args);
    };
  }
}
