/** The door to the editor. Imported only by `import()`, so that the page is readable before Monaco. */
export { createCellEditor } from "./cell-editor.ts";
export type { CellEditor, CellEditorEvents } from "./cell-editor.ts";
export { disposeModels, markError, syncModel } from "./models.ts";
export { setEditorTheme } from "./monaco.ts";
export { colorized } from "./placeholder.ts";
export { warmEditor } from "./warm.ts";
