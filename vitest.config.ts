import { defineConfig } from "vitest/config";
import { lessonPlugin } from "./app/lessons/vite-plugin.ts";

/** One runner: `node` and `e2e` (the built page in a browser) are `npm test`, `bench` is `npm run bench`. */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [lessonPlugin()],
        test: {
          name: "node",
          environment: "node",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/e2e/**", "**/node_modules/**"],
          setupFiles: ["tests/backend.ts"],
          // A soak makes twenty times as many cases of a property.
          testTimeout: process.env["DESCENT_SOAK"] === "1" ? 400_000 : 20_000,
        },
      },
      {
        test: {
          name: "e2e",
          environment: "node",
          include: ["tests/e2e/**/*.test.ts"],
          fileParallelism: false,
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
