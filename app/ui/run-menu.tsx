/** What can be run besides one cell and all: above, below, to here, what is stale, from a new kernel. */
import { commands } from "./commands/index.ts";
import { Icon } from "./icons.tsx";
import { MenuButton } from "./menu-button.tsx";
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
    <MenuButton
      className="quiet more-runs"
      // What can be read on it is part of its name.
      label={stale > 0 ? `More ways to run, ${stale} stale` : "More ways to run"}
      menuLabel="More ways to run"
      entries={items.map(({ id, title, run }) => ({
        id,
        title,
        aside: id === "run-stale" && stale > 0 && <span className="hint">{stale}</span>,
        disabled: isOff(id),
        run: () => run(session),
      }))}
    >
      <Icon name="chevron" />
      {stale > 0 && <span className="stale-count">{`${stale} stale`}</span>}
    </MenuButton>
  );
}
