import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { lessonPlugin } from "./app/lessons/vite-plugin.ts";

/** Left to itself Vitest keeps a core for watching, and runs one file at a time on two. */
const cores = availableParallelism();

/** One runner: `node` and `e2e` (the built page in a browser) are `npm test`, `bench` is `npm run bench`. */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [lessonPlugin()],
        test: {
          name: "node",
          environment: "node",
          maxWorkers: cores,
          sequence: { groupOrder: 0 },
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/e2e/**", "**/node_modules/**"],
          setupFiles: ["tests/backend.ts"],
          // Three times what the longest takes on a busy machine; a soak makes twenty times as many cases.
          testTimeout: process.env["DESCENT_SOAK"] === "1" ? 400_000 : 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          environment: "node",
          include: ["tests/e2e/**/*.test.ts"],
          // The files of a worker share a browser and a page, see harness.ts.
          isolate: false,
          // A page that opens waits more than it computes, but two browsers fill two cores.
          maxWorkers: Math.min(cores, 2),
          sequence: { groupOrder: 1 },
          // What a busy page does later is no failure; times are figures of the bench.
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "bench",
          environment: "node",
          include: ["tests/bench/**/*.bench.ts"],
          testTimeout: 600_000,
        },
      },
    ],
  },
});
