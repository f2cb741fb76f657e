/** Whether Command is the key of shortcuts here. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
/** A finger is all there is to point with: code opens in a plain field, and the editor is not fetched. */
export const isTouch = matchMedia("(hover: none) and (pointer: coarse)").matches;
