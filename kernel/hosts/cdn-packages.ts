/**
 * Packages that cells import in browsers, from a host that serves npm's packages as modules. Only
 * what the reader allowed is asked; a version is settled once and kept by the notebook.
 */
import { isVersion } from "../protocol.ts";
import { networkRefused } from "../run/network-guard.ts";
import { isExact, type PackageName, parsePackageName } from "../run/package-name.ts";
import type { ImportPackage, TellNetwork } from "../run/modules.ts";
import type { NetworkAccess } from "./host.ts";

/** What failed before is asked for under another address: Firefox remembers failures for good. */
type Failures = Map<string, number>;

/**
 * `load` and `ask` are the realm's own `import` and `fetch`; tests pass others.
 * @throws Error, in the answer, with a sentence for every way in which an import can fail
 */
export function createCdnPackages(
  { origins, packagePattern, versions }: NetworkAccess,
  ask: typeof fetch,
  load: (url: string) => Promise<object> = (url) => import(url) as Promise<object>,
): ImportPackage {
  const failures: Failures = new Map();
  const settled = new Map(Object.entries(versions));

  function allow(specifier: string, url: string, tell: TellNetwork): void {
    const { origin, host } = new URL(url);
    if (origins.includes(origin)) return;
    tell({ kind: "blocked", origin });
    throw networkRefused(`import: "${specifier}" comes from ${host}`);
  }

  async function versionOf(
    wanted: PackageName,
    specifier: string,
    tell: TellNetwork,
  ): Promise<string> {
    const asked = wanted.version ?? "latest";
    if (isExact(asked)) return asked;
    const key = wanted.version === null ? wanted.name : `${wanted.name}@${wanted.version}`;
    const known = settled.get(key);
    if (known !== undefined) return known;
    const url = fill(packagePattern.replace(/(\{version\}).*$/, "$1"), wanted.name, asked, "");
    const answer = await answerOf(ask, `${url}/package.json`, specifier);
    const manifest = (await answer.json().catch(() => null)) as { version?: unknown } | null;
    const version = manifest?.version;
    if (!isVersion(version)) {
      throw new Error(
        `import: "${specifier}" - ${new URL(url).host} does not say which version "${asked}" is: write one, as "npm:${wanted.name}@1.2.3"`,
      );
    }
    settled.set(key, version);
    tell({ kind: "package", wanted: key, version });
    return version;
  }

  async function urlOf(specifier: string, tell: TellNetwork): Promise<string> {
    if (/^https?:/.test(specifier)) {
      allow(specifier, specifier, tell);
      return specifier;
    }
    const wanted = parsePackageName(specifier);
    allow(specifier, fill(packagePattern, wanted.name, "latest", ""), tell);
    return fill(packagePattern, wanted.name, await versionOf(wanted, specifier, tell), wanted.path);
  }

  return async (specifier, tell) => {
    const url = await urlOf(specifier, tell);
    const failed = failures.get(url) ?? 0;
    const retried = failed === 0 ? url : withRetry(url, failed);
    try {
      return await load(retried);
    } catch (error) {
      failures.set(url, failed + 1);
      throw await explain(error, specifier, retried, ask);
    }
  };
}

function fill(pattern: string, name: string, version: string, path: string): string {
  return pattern
    .replaceAll("{name}", name)
    .replaceAll("{version}", version)
    .replaceAll("{path}", path);
}

function withRetry(url: string, times: number): string {
  return `${url}${url.includes("?") ? "&" : "?"}retry=${times}`;
}

/** @throws Error saying who did not answer, or what is not there */
async function answerOf(ask: typeof fetch, url: string, specifier: string): Promise<Response> {
  const { host } = new URL(url);
  const answer = await ask(url).catch((error: unknown) => {
    throw new Error(
      `import: "${specifier}" - ${host} did not answer: check the connection and run the cell again`,
      { cause: error },
    );
  });
  if (answer.ok) return answer;
  if (answer.status === 404) {
    throw new Error(`import: "${specifier}" - ${host} has no such package, version or path`);
  }
  throw new Error(
    `import: "${specifier}" - ${host} answered ${answer.status}: run the cell again later`,
  );
}

/** Browsers say "failed to fetch" of all that can go wrong: asking once more tells what did. */
async function explain(
  error: unknown,
  specifier: string,
  url: string,
  ask: typeof fetch,
): Promise<Error> {
  let type: string;
  try {
    type = (await answerOf(ask, url, specifier)).headers.get("content-type") ?? "nothing known";
  } catch (reason) {
    return reason as Error;
  }
  const { host } = new URL(url);
  if (!/javascript|ecmascript/i.test(type)) {
    return new Error(`import: "${specifier}" - ${host} answered with ${type}, which is no module`);
  }
  const cause = error instanceof Error ? error.message : String(error);
  if (/fetch|load/i.test(cause) && error instanceof TypeError) {
    return withHint(
      new Error(`import: "${specifier}" - something it imports itself did not load from ${host}`),
      "Run the cell again; where that does not help, restart the kernel.",
    );
  }
  return withHint(
    new Error(`import: "${specifier}" failed as it started: ${cause}`, { cause: error }),
    "It may be a script for pages or for Node, not a module.",
  );
}

function withHint(error: Error, hint: string): Error {
  return Object.assign(error, { hint });
}
