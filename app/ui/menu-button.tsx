/** A button with a menu under it. What draws the menu comes with the first one that is opened. */
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { late } from "./late.tsx";

/** One line of a menu. */
export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  /** What stands at the line's end: its key, a count. */
  readonly aside?: ReactNode;
  readonly disabled?: boolean;
  readonly run: () => void;
}

const MenuList = late(() => import("./menu-list.tsx").then((code) => code.MenuList));

interface Props {
  /** The button's own name. */
  readonly label: string;
  /** The menu's name, where the button's does not say it. */
  readonly menuLabel?: string;
  readonly className: string;
  readonly entries: readonly MenuEntry[];
  readonly children: ReactNode;
}

export function MenuButton({ label, menuLabel = label, className, entries, children }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  /** Where the focus goes; null is a closed menu. */
  const [focus, setFocus] = useState<"first" | "last" | null>(null);
  const openByKey = (event: KeyboardEvent) => {
    if (!["ArrowDown", "ArrowUp", "Enter", " "].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    setFocus(event.key === "ArrowUp" ? "last" : "first");
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={focus !== null}
        onClick={() => setFocus("first")}
        onKeyDown={openByKey}
      >
        {children}
      </button>
      {focus && (
        <MenuList
          trigger={button}
          label={menuLabel}
          focus={focus}
          entries={entries}
          onClose={() => setFocus(null)}
        />
      )}
    </>
  );
}
