/** The list of everything a reader can do, searched by a few letters of a name or by a key. */
import { Fragment } from "react";
import {
  Autocomplete,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  SearchField,
} from "react-aria-components";
import { commandGroups, commands } from "./commands/index.ts";
import { BareDialog } from "./dialog.tsx";
import { printKeys } from "./keys.ts";
import { isMac } from "./platform.ts";
import { useNotebook, useSession } from "./session-context.ts";

export function CommandsDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const readOnly = useNotebook((state) => state.readOnly);
  return (
    <BareDialog label="Everything you can do" onClose={onClose}>
      <Autocomplete filter={hasEachWord}>
        <div className="command-search">
          <SearchField aria-label="Search by name or key" autoFocus>
            <Input placeholder="Search by name or key" />
          </SearchField>
          <p className="hint">
            Escape leaves a cell’s text, Enter goes back in. Single letters work outside of text.
          </p>
        </div>
        <Menu
          className="menu commands"
          aria-label="Everything you can do"
          disabledKeys={readOnly ? commands.filter(({ writes }) => writes).map(({ id }) => id) : []}
          renderEmptyState={() => <p className="empty">Nothing is called like this.</p>}
          onAction={(key) => {
            onClose();
            commands.find(({ id }) => id === key)?.run(session);
          }}
        >
          {commandGroups.map((group) => (
            <MenuSection key={group.title}>
              <Header>{group.title}</Header>
              {group.commands.map(({ id, title, keys }) => (
                <MenuItem key={id} id={id} textValue={[title, ...printed(keys)].join(" ")}>
                  <span>{title}</span>
                  <span className="keys">
                    {printed(keys).map((each) => (
                      <Fragment key={each}>
                        {" "}
                        <kbd>{each}</kbd>
                      </Fragment>
                    ))}
                  </span>
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Autocomplete>
    </BareDialog>
  );
}

/** "cell del" finds "Delete the cell". */
function hasEachWord(text: string, wanted: string): boolean {
  const lower = text.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

/** Each key once: Accel-Enter and Ctrl-Enter are the same away from a Mac. */
function printed(keys: readonly string[]): readonly string[] {
  return Array.from(new Set(keys.map((each) => printKeys(each, isMac))));
}
