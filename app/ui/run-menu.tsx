/** What can be run besides one cell and all: above, below, to here, what is stale, from a new kernel. */
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { commands } from "./commands.ts";
import { Icon } from "./icons.tsx";
import { useNotebook, useSession } from "./session-context.ts";

const offered = ["run-stale", "run-above", "run-to-here", "run-below", "restart-and-run-all"];
/** They mean a selected cell. */
const local: readonly string[] = ["run-above", "run-to-here", "run-below"];

export function RunMenu() {
  const session = useSession();
  const stale = useNotebook((state) => state.stale.size);
  const isSelected = useNotebook((state) => state.selected !== null);
  const items = commands.filter(({ id }) => offered.includes(id));
  const isOff = (id: string) =>
    id === "run-stale" ? stale === 0 : local.includes(id) && !isSelected;
  return (
    <MenuTrigger>
      <Button className="quiet more-runs" aria-label="More ways to run">
        <Icon name="chevron" />
        {stale > 0 && <span className="stale-count">{`${stale} stale`}</span>}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="menu"
          aria-label="More ways to run"
          disabledKeys={offered.filter(isOff)}
          onAction={(key) => items.find(({ id }) => id === key)?.run(session)}
        >
          {items.map(({ id, title }) => (
            <MenuItem key={id} id={id} textValue={title}>
              <span>{title}</span>
              {id === "run-stale" && stale > 0 && <span className="hint">{stale}</span>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
