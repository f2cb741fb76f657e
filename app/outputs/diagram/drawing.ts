/** What draws one kind of diagram into its shell. */
import type { OutputContext } from "../renderer.ts";
import type { Shell } from "./shell.ts";

export interface Drawing<View> {
  show(view: View, context: OutputContext): void;
  dispose(): void;
}

export type Draw<View> = (shell: Shell, view: View, context: OutputContext) => Drawing<View>;
