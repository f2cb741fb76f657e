/**
 * Answers `notebooks/<slug>.ts?lesson` with a `Lesson`: the card, read while the page is built or
 * served, and a function that imports the text, which the bundler puts into a file of its own.
 */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Plugin } from "vite";
import { readCard } from "./card.ts";

const QUERY = "?lesson";

export function lessonPlugin(): Plugin {
  return {
    name: "descent-lesson",
    load: {
      filter: { id: /\.ts\?lesson$/ },
      async handler(id) {
        const path = id.slice(0, -QUERY.length);
        const card = readCard(path, await readFile(path, "utf8"));
        const text = JSON.stringify(`./${basename(path)}?raw`);
        return `export default {
          ...${JSON.stringify(card)},
          readText: () => import(${text}).then((module) => module.default),
        };`;
      },
    },
  };
}
