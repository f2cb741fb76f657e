import { describe, expect, it } from "vitest";
import { parseRoute, printRoute, type Route } from "../../../app/ui/route.ts";

describe("parseRoute()", () => {
  it.each<[Route]>([
    [{ page: "home" }],
    [{ page: "start" }],
    [{ page: "link", address: "https://a.example/b%20c.ipynb?d=e&f#g" }],
    [{ page: "lesson", lesson: "01" }],
    [{ page: "notebook", id: "a b&c=d?#é" }],
    [{ page: "data" }],
    [{ page: "specimen" }],
  ])("reads back what printRoute() wrote: %o", (route) => {
    expect(parseRoute(new URL(printRoute(route), "http://localhost/sub/").search)).toEqual(route);
  });

  it("takes an address it does not know for the start page", () => {
    expect(parseRoute("?what=ever")).toEqual({ page: "start" });
    expect(parseRoute("?lesson=")).toEqual({ page: "start" });
  });
});

describe("printRoute()", () => {
  it("stays under the path the page is served from", () => {
    const at = new URL(printRoute({ page: "home" }), "http://localhost/sub/path/?lesson=01");
    expect(at.href).toBe("http://localhost/sub/path/");
  });
});
