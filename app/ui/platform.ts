/** Whether Command is the key of shortcuts here. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
