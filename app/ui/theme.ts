/** Light or dark: the system's wish until the reader says otherwise, remembered in this browser. */
export type Theme = "light" | "dark";

const KEY = "descent.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function chosen(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : null;
  } catch {
    // Storage is refused (private mode, blocked cookies): the system's wish stands.
    return null;
  }
}

let own: Theme | null = chosen();
let isPrinting = false;

/** Paper is light. */
export function currentTheme(): Theme {
  return isPrinting ? "light" : (own ?? (system.matches ? "dark" : "light"));
}

/** Chooses, or with null follows the system again. */
export function chooseTheme(theme: Theme | null): void {
  own = theme;
  try {
    if (theme === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // The choice holds for this visit only.
  }
  apply();
}

/** Calls `listener` after each change; returns the way to stop. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function apply(): void {
  document.documentElement.dataset["theme"] = currentTheme();
  for (const listener of listeners) listener();
}

function print(isBegun: boolean): void {
  isPrinting = isBegun;
  apply();
}

system.addEventListener("change", apply);
addEventListener("beforeprint", () => print(true));
addEventListener("afterprint", () => print(false));
apply();
