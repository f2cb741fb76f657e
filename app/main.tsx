/** Puts the page together: styles, compiler, kernels, storage, lessons. The one file that knows all. */
import "./ui/theme.css";
import "./ui/page.css";
import "./ui/controls.css";
import "./ui/prose.css";
import "./ui/notebook.css";
import "./ui/run-controls.css";
import "./ui/small-screens.css";
import "./ui/start-page.css";
import "./outputs/outputs.css";
import { createRoot } from "react-dom/client";
import { createKernelClient } from "../kernel/hosts/client.ts";
import { lessons } from "./lessons/catalogue.ts";
import { createWorkerCompiler } from "./session/compiler.ts";
import { createFetchedData, fetchAhead } from "./session/fetched-data.ts";
import { createFrames } from "./session/frame-host.ts";
import { App } from "./ui/app.tsx";
import { createBrowserWorkplace } from "./ui/browser-workplace.ts";
import { warmUp, whenIdle } from "./ui/warm-up.ts";

const base = new URL(".", document.baseURI);
const compiler = createWorkerCompiler();
const frames = createFrames({ base });
const data = createFetchedData(base);

/** Whoever serves this page may name another place for packages in its head. */
const packagePattern = document.querySelector<HTMLMetaElement>(
  'meta[name="descent-packages"]',
)?.content;

const workplace = createBrowserWorkplace({
  lessons,
  openKernel: ({ network, ...wanted }) =>
    createKernelClient({ ...wanted, host: frames.host(network), compiler, data }),
  fetchAhead: (sources) =>
    whenIdle(() => {
      void fetchAhead(data, sources);
      // What does not come is asked for again where it is needed.
      import("./outputs/ahead.ts").then(({ fetchRenderers }) => fetchRenderers()).catch(() => {});
    }),
  fetchText: async (address) => {
    const { createRemoteText } = await import("./session/remote-text.ts");
    return createRemoteText({ frames, compiler, data })(address);
  },
  packagePattern: packagePattern ?? "https://cdn.jsdelivr.net/npm/{name}@{version}{path}/+esm",
});

const root = document.getElementById("root");
if (!root) throw new Error("internal: index.html has no #root");
createRoot(root).render(<App workplace={workplace} />);
warmUp();
