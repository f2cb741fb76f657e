/**
 * What the reader answers about a notebook: which hosts its cells may reach, where its packages come
 * from, whether its scripts run.
 */
import type { CellId } from "../../kernel/protocol.ts";
import type { Edit } from "../notebook/edits.ts";
import { takePackagesFrom } from "../notebook/packages.ts";
import { withOrigin, withoutOrigin } from "../notebook/permissions.ts";
import type { NotebookState } from "./store.ts";

export interface PermissionParts {
  readonly get: () => NotebookState;
  readonly set: (state: Partial<NotebookState>) => void;
  readonly dispatch: (edit: Edit) => void;
  /** A new kernel, with what is allowed now. */
  readonly restart: () => void;
  readonly run: (cells: ReadonlySet<CellId>) => void;
}

export function createPermissionActs({ get, set, dispatch, restart, run }: PermissionParts) {
  /** The reader has seen that a cell asked for it. */
  function forgetBlocked(origin: string): void {
    set({ blocked: get().blocked.filter((each) => each.origin !== origin) });
  }

  return {
    forgetBlocked,
    /**
     * Lets cells reach a host, in a new kernel. Where nothing ran but the cells that asked, nothing
     * is lost and they run again.
     */
    allow(origin: string): void {
      const { permissions, blocked, runtime } = get();
      const asked = new Set(blocked.map(({ cell }) => cell));
      const ran = Array.from(runtime.cells).filter(([, cell]) => cell.record !== null);
      set({ permissions: withOrigin(permissions, origin) });
      forgetBlocked(origin);
      restart();
      if (ran.every(([id]) => asked.has(id))) run(asked);
    },
    /** Takes a host back, and with it the kernel that could reach it. */
    disallow(origin: string): void {
      set({ permissions: withoutOrigin(get().permissions, origin) });
      restart();
    },
    /** Has packages come from this pattern of addresses, or with null from the usual one. */
    takePackagesFrom(pattern: string | null): void {
      dispatch(takePackagesFrom(get().notebook, pattern));
      restart();
    },
    /** Lets scripts in outputs run. */
    trust: (): void => set({ permissions: { ...get().permissions, trusted: true } }),
  };
}
