/** What the specifier of an import says: a package by name, version and path within it. */

export interface PackageName {
  /** `d3`, `@scope/name`. */
  readonly name: string;
  /** As written: `7.9.0`, `7`, `^7`, `latest`; null when the cell leaves it open. */
  readonly version: string | null;
  /** Of a module within the package, `/fp`; "" for the package itself. */
  readonly path: string;
}

const PACKAGE =
  /^(?:npm:)?(?<name>(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*)(?:@(?<version>[^@/\s]{1,40}))?(?<path>(?:\/[\w.~@-]+)*)$/i;

/**
 * Reads `d3`, `npm:d3@7`, `@scope/name/path`.
 * @throws TypeError saying what an import takes
 */
export function parsePackageName(specifier: string): PackageName {
  const parts = PACKAGE.exec(specifier)?.groups;
  if (parts?.name === undefined) {
    throw new TypeError(
      `import: "${specifier}" - wanted "descent", or a package as "d3", "npm:d3@7" or "npm:d3@7.9.0"`,
    );
  }
  return { name: parts.name, version: parts.version ?? null, path: parts.path ?? "" };
}

/** Whether a version as written is one alone: `7.9.0`, not `7` or `^7.9.0`. */
export function isExact(version: string): boolean {
  return /^\d+\.\d+\.\d+/.test(version);
}

/**
 * Whether an exact version is what was wanted: `7.9.0` is `7`, `7.9`, `^7.8.0`, `~7.9.0` and
 * `7.9.0`. What is none of these (a tag, `>=7 <9`) is for a registry to judge, and passes here.
 */
export function satisfies(version: string, wanted: string): boolean {
  const asked = /^(?<range>[\^~]?)(?<numbers>\d+(?:\.\d+){0,2})(?<rest>[-+].*)?$/.exec(
    wanted,
  )?.groups;
  if (asked?.numbers === undefined) return true;
  const { range, numbers, rest = "" } = asked;
  if (range === "") {
    const [plain = ""] = version.split(/[-+]/);
    return version === numbers + rest || `${plain}.`.startsWith(`${numbers}.`);
  }
  const have = version.split(/[.+-]/).map(Number);
  const want = numbers.split(".").map(Number);
  // The first number that is not 0 must stay with ^, the second with ~.
  const first = want.findIndex((part) => part > 0);
  const fixed = range === "~" ? Math.min(2, want.length) : first < 0 ? want.length : first + 1;
  const at = want.findIndex((part, index) => part !== have[index]);
  return at < 0 || (at >= fixed && (have[at] ?? 0) > (want[at] ?? 0));
}
