/** Entry of a thread that helps the kernel, in browsers: it hears one message and never ends. */
import { serveThread, type ThreadStart } from "../tensor/backends/wasm/threads/serve.ts";

onmessage = ({ data }: MessageEvent<ThreadStart>) => serveThread(data);
