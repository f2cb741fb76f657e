/** Switches between light and dark. */
import { Icon } from "./icons.tsx";
import { chooseTheme } from "./theme.ts";
import { useTheme } from "./use-theme.ts";

export function ThemeButton() {
  const theme = useTheme();
  const other = theme === "light" ? "dark" : "light";
  return (
    <button
      type="button"
      className="quiet theme-button"
      aria-label={`Switch to ${other}`}
      title={`Switch to ${other}`}
      onClick={() => chooseTheme(other)}
    >
      <Icon name={other} />
    </button>
  );
}
