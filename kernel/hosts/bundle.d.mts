import type { BuildOptions } from "esbuild";

export interface Bundle {
  readonly text: string;
  /** Absolute paths of the sources that went in. */
  readonly inputs: readonly string[];
}

/** Build outputs that can be made again at any time. */
export const cacheFolder: string;

/** One of the kernel's entries as one script. */
export function bundleKernel(
  entry: "browser-worker" | "browser-frame" | "browser-thread" | "node-worker" | "node-thread",
  options?: { readonly minify?: boolean },
): Promise<Bundle>;

/** What the page needs beside it to start kernels, by file name. */
export function bundleKernelFiles(options: {
  readonly minify: boolean;
  /** The content security policy in the frame's document. */
  readonly framePolicy: string;
  /** The same for a kernel that may reach hosts. */
  readonly networkPolicy: string;
}): Promise<{
  readonly files: Readonly<Record<string, string>>;
  /** Absolute paths of the sources that went in. */
  readonly inputs: readonly string[];
}>;

/** Any entry as one script. */
export function bundle(file: string, options: BuildOptions): Promise<Bundle>;

/** Keeps a module's text in the cache folder under a name that changes with it; gives its path. */
export function cachedModule(name: string, text: string): Promise<string>;

/** The kernel's worker thread, and those that help it, as files that Node can run. */
export function nodeKernelFiles(): Promise<{
  readonly workerFile: string;
  readonly threadFile: string;
}>;
