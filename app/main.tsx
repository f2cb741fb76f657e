/** Puts the page together: styles, compiler, kernels, storage, lessons. The one file that knows all. */
import "./ui/theme.css";
import "./ui/page.css";
import "./ui/controls.css";
import "./ui/prose.css";
import "./ui/notebook.css";
import "./ui/small-screens.css";
import "./ui/start-page.css";
import "./outputs/outputs.css";
import { createRoot } from "react-dom/client";
import { createKernelClient } from "../kernel/hosts/client.ts";
import { lessons } from "./lessons/catalogue.ts";
import { createWorkerCompiler } from "./session/compiler.ts";
import { createFetchedData } from "./session/fetched-data.ts";
import { createFrameHost } from "./session/frame-host.ts";
import { App } from "./ui/app.tsx";
import { createBrowserWorkplace } from "./ui/browser-workplace.ts";
import { warmUp } from "./ui/warm-up.ts";

const base = new URL(".", document.baseURI);
const compiler = createWorkerCompiler();
const host = createFrameHost({ base });
const data = createFetchedData(base);

const workplace = createBrowserWorkplace({
  lessons,
  openKernel: (wanted) => createKernelClient({ ...wanted, host, compiler, data }),
});

const root = document.getElementById("root");
if (!root) throw new Error("internal: index.html has no #root");
createRoot(root).render(<App workplace={workplace} />);
warmUp();
