/**
 * What cells leave going when their runs are over: timers, loops and chains of promises that nobody
 * waits for. At rest the kernel keeps its flags up, so the first guard that such code meets comes
 * here; then it is told, ticked and yields as a run does, and Stop ends it.
 */
import { ATTENTION, type Control, TICK, YIELD_WANTED } from "../hosts/control.ts";
import type { Timers } from "./timers.ts";
import { after } from "./turns.ts";

/** What has not come by a guard for so long is over. */
const QUIET_MS = 500;

export interface Background {
  /** Code comes by a guard, or a timer calls, while no run is under way. */
  met(): void;
  /** A run has ended. */
  rest(): void;
  isOn(): boolean;
  /** Ends it, by the reader's wish. */
  end(): void;
}

export interface BackgroundOptions {
  readonly control: Control;
  /** Timers that wait to call. */
  readonly timers: Timers;
  /** Tells whoever ticks. */
  readonly tell: (isOn: boolean) => void;
  readonly now?: () => number;
}

export function createBackground(options: BackgroundOptions): Background {
  const { control, timers, tell, now = () => performance.now() } = options;
  let metAt = 0;
  let isOn = false;

  function begin(): void {
    if (isOn) return;
    isOn = true;
    tell(true);
    watch();
  }

  function watch(): void {
    after(QUIET_MS, () => {
      if (!isOn) return;
      if (timers.left() > 0 || now() - metAt < QUIET_MS) watch();
      else end();
    });
  }

  function end(): void {
    if (!isOn) return;
    isOn = false;
    tell(false);
    raise();
  }

  /** As a tick does: the next code to come by says that it does. */
  function raise(): void {
    Atomics.store(control.flags, YIELD_WANTED, 1);
    Atomics.or(control.flags, ATTENTION, TICK);
  }

  return {
    met() {
      metAt = now();
      begin();
    },
    rest() {
      raise();
      if (timers.left() > 0) begin();
    },
    isOn: () => isOn,
    end() {
      timers.cancelAll();
      end();
    },
  };
}
