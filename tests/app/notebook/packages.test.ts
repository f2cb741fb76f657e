import { expect, test } from "vitest";
import {
  isPackagePattern,
  packagePatternOf,
  pinPackage,
  versionsOf,
} from "../../../app/notebook/packages.ts";

const empty = { cells: [], metadata: { descent: { silenced: ["nan-loss"] }, title: "T" } };

test("pinPackage() keeps a version beside what the metadata holds already", () => {
  const pinned = pinPackage(pinPackage(empty, "d3", "7.9.0"), "lib@1", "1.4.2");
  expect(pinned.metadata).toEqual({
    title: "T",
    descent: { silenced: ["nan-loss"], packages: { d3: "7.9.0", "lib@1": "1.4.2" } },
  });
  expect(versionsOf(pinned.metadata)).toEqual({ d3: "7.9.0", "lib@1": "1.4.2" });
});

test("versionsOf() believes nothing but versions", () => {
  const packages = { d3: "7.9.0", x: "latest", y: 3, z: "1.0.0/../evil" };
  expect(versionsOf({ descent: { packages } })).toEqual({ d3: "7.9.0" });
  expect(versionsOf({ descent: { packages: [1] } })).toEqual({});
  expect(versionsOf({})).toEqual({});
});

test("a pattern of packages is an address of the web with a name and a version in its path", () => {
  const good = "https://esm.sh/{name}@{version}{path}";
  expect(isPackagePattern(good)).toBe(true);
  expect(packagePatternOf({ descent: { cdn: good } })).toBe(good);
  for (const bad of [
    "https://{name}.example/{version}",
    "javascript:{name}@{version}",
    "https://cdn.example/{name}",
    "https://cdn.example/ {name}@{version}",
    "data:text/javascript,{name}{version}",
  ]) {
    expect(isPackagePattern(bad), bad).toBe(false);
    expect(packagePatternOf({ descent: { cdn: bad } })).toBeNull();
  }
});
