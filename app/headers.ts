/**
 * The one place that says which headers the page and the kernel's frame are served with: isolation
 * for shared memory, and what code may reach. Development, `npm start` and hosting examples use it.
 */

type Headers = Readonly<Record<string, string>>;

/** The kernel's document, beside `index.html`. */
export const KERNEL_FRAME = "kernel-frame.html";
/** The same for a notebook with hosts that the reader allowed. */
export const NETWORK_FRAME = "network-frame.html";
/** The document of an output with scripts. */
export const OUTPUT_FRAME = "output-frame.html";

const pagePolicy: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data: blob:",
  "font-src": "'self' data:",
  "connect-src": "'self'",
  "worker-src": "'self' blob:",
  "frame-src": "'self'",
  "form-action": "'none'",
  "base-uri": "'none'",
};

/** Cells are evaluated, so scripts may be made from text here, and nothing may be fetched. */
const framePolicy: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  "script-src": "'unsafe-inline' 'unsafe-eval' blob: data:",
  "worker-src": "blob: data:",
  "form-action": "'none'",
  "base-uri": "'none'",
};

/**
 * Hosts are the reader's to allow, so no header can name them: the frame's own script narrows this
 * to them before a worker exists.
 */
const networkPolicy: Readonly<Record<string, string>> = {
  ...framePolicy,
  "script-src": `${framePolicy["script-src"]} https: http:`,
  "connect-src": "https: http: wss: ws:",
};

/** Scripts of outputs draw with what they bring along. */
const outputPolicy: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  "script-src": "'unsafe-inline' 'unsafe-eval'",
  "style-src": "'unsafe-inline'",
  "img-src": "data: blob:",
  "font-src": "data:",
  "media-src": "data: blob:",
  "form-action": "'none'",
  "base-uri": "'none'",
};

/** Vite's client is an inline script that listens on a socket. */
const developmentPolicy = {
  ...pagePolicy,
  "script-src": `${pagePolicy["script-src"]} 'unsafe-inline'`,
  "connect-src": `${pagePolicy["connect-src"]} ws:`,
};

function print(policy: Readonly<Record<string, string>>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}

/** The page's policy for a `<meta>`, where a host sends no headers. */
export const pageMetaPolicy = print(pagePolicy);

/** The frame's policy for a `<meta>`; `sandbox` works in a header only. */
export const frameMetaPolicy = print(framePolicy);
export const networkMetaPolicy = print(networkPolicy);
export const outputMetaPolicy = print(outputPolicy);

const common: Headers = {
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** `sandbox` makes the document's origin opaque: no storage, no cookies, no reach into the page. */
function sandboxed(policy: string): Headers {
  return {
    ...common,
    "Content-Security-Policy": `sandbox allow-scripts; ${policy}`,
    "Cross-Origin-Resource-Policy": "cross-origin",
  };
}

const pageHeaders: Headers = {
  ...common,
  // Nobody can lay this page, with its questions, under something else: not even an output's frame.
  "Content-Security-Policy": `${pageMetaPolicy}; frame-ancestors 'none'`,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** The headers of one answer. `path` is the path of the file served, with or without a base. */
export function headersFor(
  path: string,
  mode: "production" | "development" = "production",
): Headers {
  if (path.endsWith(`/${KERNEL_FRAME}`)) return sandboxed(frameMetaPolicy);
  if (path.endsWith(`/${NETWORK_FRAME}`)) return sandboxed(networkMetaPolicy);
  if (path.endsWith(`/${OUTPUT_FRAME}`)) return sandboxed(outputMetaPolicy);
  if (mode === "production") return pageHeaders;
  return { ...pageHeaders, "Content-Security-Policy": print(developmentPolicy) };
}
