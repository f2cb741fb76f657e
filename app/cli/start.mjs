/** `npm start`: installs what is missing, builds what changed, serves on loopback. */
import { importBundled } from "./bundled.mjs";
import { build, install, root } from "./setup.mjs";
import { join } from "node:path";

install();
build();
const { serveFolder } = await importBundled("app/cli/serve.ts");
const wanted = Number(process.env.PORT ?? 8017);
const server = await serveFolder(join(root, "dist"), { port: wanted, isolate: true });
if (server.port !== wanted) console.log(`descent: port ${wanted} is taken, using ${server.port}`);
console.log(`descent: open http://localhost:${server.port}/   (Ctrl-C stops)`);
