/** An open menu. Arrow keys, typing ahead, Escape and the way back of the focus are react-aria's. */
import type { RefObject } from "react";
import { Menu, MenuItem, Popover } from "react-aria-components";
import type { MenuEntry } from "./menu-button.tsx";

interface Props {
  readonly trigger: RefObject<HTMLElement | null>;
  readonly label: string;
  readonly focus: "first" | "last";
  readonly entries: readonly MenuEntry[];
  readonly onClose: () => void;
}

export function MenuList({ trigger, label, focus, entries, onClose }: Props) {
  return (
    <Popover
      className="popover"
      placement="bottom end"
      triggerRef={trigger}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Menu
        className="menu"
        aria-label={label}
        autoFocus={focus}
        disabledKeys={entries.filter((entry) => entry.disabled).map((entry) => entry.id)}
        onClose={onClose}
        onAction={(key) => entries.find((entry) => entry.id === key)?.run()}
      >
        {entries.map(({ id, title, aside }) => (
          <MenuItem key={id} id={id} textValue={title}>
            <span>{title}</span>
            {aside}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}
