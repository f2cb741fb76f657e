/** `npm run build`: `dist/`, which any static host can serve under any path. */
import { build, install } from "./setup.mjs";

install();
build({ force: true });
