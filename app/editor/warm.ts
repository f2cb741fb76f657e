/** Takes Monaco's one-off start-up cost (about 0.2 s) while the page is idle. */
import { editor, LANGUAGE } from "./monaco.ts";

/** Makes one editor out of sight and drops it again. */
export function warmEditor(): void {
  const element = document.createElement("div");
  element.style.cssText = "position:fixed;left:-2000px;width:600px;height:60px;visibility:hidden";
  element.inert = true;
  document.body.append(element);
  const view = editor.create(element, { value: "const x = 1;", language: LANGUAGE });
  requestAnimationFrame(() => {
    view.getModel()?.dispose();
    view.dispose();
    element.remove();
  });
}
