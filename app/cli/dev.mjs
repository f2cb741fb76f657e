/** `npm run dev`: Vite's server, rebuilding as files change. */
import { install, mustNode } from "./setup.mjs";

install();
mustNode("vite/bin/vite.js", process.argv.slice(2));
