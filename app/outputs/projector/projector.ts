/**
 * The projector: rows of a matrix as points one can turn, search, compare and lay out anew. A saved
 * notebook's projection works without a kernel.
 */
import type { ProjectionView } from "../../../kernel/plot/projection-view.ts";
import type { OutputContext } from "../renderer.ts";
import { createFoot } from "./foot.ts";
import { createHover } from "./hover.ts";
import type { LayoutFrame, Metric, NearestRows } from "./layout-messages.ts";
import { createLayouts, type Shown } from "./layouts.ts";
import { createLegend } from "./legend.ts";
import { Motion } from "./motion.ts";
import "./projector.css";
import { createReading } from "./reading.ts";
import { paperOf } from "../figure-theme.ts";
import { pictureOf } from "../row-picture.ts";
import { pngOf, savePicture } from "../save-picture.ts";
import type { Picture } from "./scene.ts";
import * as steps from "./selection.ts";
import { createShell } from "./shell.ts";
import { createSpriteCache } from "./sprites.ts";
import { createStage } from "./stage.ts";
import { createToolbar } from "./toolbar.ts";
import { groupName, isSameFigure, sameColors, settingsOf, suggested } from "./view.ts";
import { caveatOf, group, progressOf } from "./words.ts";

/** How quickly the view follows a layout that grows, a frame. */
const FOLLOW = 0.35;

export interface Projector {
  /** Follows the same rows with other numbers; false: something else, to be made anew. */
  follow(view: ProjectionView, name: string, context: OutputContext): boolean;
  dispose(): void;
}

export function createProjector(
  element: HTMLElement,
  first: ProjectionView,
  name: string,
  context: OutputContext,
): Projector {
  let view = first;
  let page = context;
  let selection: steps.Selection = steps.nothingSelected;
  let metric: Metric = "cosine";
  let nearest: NearestRows | null = null;
  let hovered = -1;
  const sprites = createSpriteCache();
  const motion = new Motion(first.rows);
  const all = Int32Array.from({ length: first.rows }, (_, row) => row);

  const labelOf = (row: number) => view.labels?.[row] ?? `row ${group(row)}`;
  const groupOf = (row: number) => groupName(view, row);
  const picture = (row: number) =>
    view.images === null ? null : pictureOf(view.images, row, `Picture of ${labelOf(row)}`);
  const visible = () => selection.alone ?? all;
  const dimsNow = () => layouts.shown()?.settings.dims ?? view.dims;

  const suggestions = suggested(view);
  const toolbar = createToolbar(
    settingsOf(first),
    { columns: first.columns, list: suggestions },
    {
      change: sendLook,
      run,
      search: showFound,
      chooseFound() {
        const [row] = rowsWith(toolbar.search.value);
        if (row !== undefined) chooseRow(row);
      },
      rowOf: (text) => steps.search(text, all, labelOf, () => null)[0] ?? -1,
      labelOf,
    },
  );
  const layouts = createLayouts({
    take,
    takeNearest,
    failed: (reason) => shell.say({ status: `The layout stopped: ${reason}` }),
    isCalm: () => page.reducedMotion,
  });
  const stage = createStage(
    {
      picture: () =>
        layouts.shown() === null
          ? null
          : {
              picture: pictureNow(),
              sprites: sprites.now(view, page.theme, visible().length, stage.ratio()),
            },
      advance,
      drawn: () => layouts.drawn(),
      choose: (row) => chooseRow(row),
      hover: pointAt,
      pick(rows) {
        select(steps.pick(selection, [...rows]));
        announce(`${group(rows.length)} rows picked out`);
      },
    },
    (isVisible) => layouts.see(isVisible),
  );
  const hover = createHover(stage.element, { labelOf, groupOf, picture });
  const reading = createReading({
    choose: (row) => chooseRow(row),
    point(row) {
      hovered = row;
      stage.refresh();
    },
    metric(next) {
      metric = next;
      askNearest();
    },
    labelOf,
    groupOf,
    picture,
  });
  const foot = createFoot({
    isolate: () => isolateRows(),
    showAll: () => showAllRows(),
    zoom: stage.zoom,
    fit: stage.fit,
    save: () => {
      const { width, height } = stage.view();
      const name = view.title ?? stage.canvas.getAttribute("aria-label") ?? "";
      const png = pngOf(stage.canvas, { width, height }, paperOf(page.theme));
      savePicture(png, name.split(/[:,;]/)[0] ?? "");
    },
    table: () => ({ labelOf, groupOf, rows: visible(), points: motion.points, dims: dimsNow() }),
  });
  const shell = createShell({
    toolbar: toolbar.element,
    stage: stage.element,
    reading: reading.element,
    foot: foot.element,
    suggestions,
  });
  const { wrap } = shell;
  stage.canvas.setAttribute("aria-describedby", shell.hintId);
  element.append(wrap);

  function pictureNow(): Picture {
    const settings = layouts.shown()?.settings ?? toolbar.settings();
    const isAlong = settings.method === "direction" && settings.direction !== null;
    const [from = 0, to = 0] = settings.direction ?? [];
    return {
      theme: page.theme,
      dims: settings.dims,
      points: motion.points,
      visible: visible(),
      labels: view.labels,
      picked: selection.picked,
      chosen: selection.chosen,
      hovered,
      box: null,
      ends: isAlong ? [labelOf(from), labelOf(to)] : null,
    };
  }

  function advance(now: number): boolean {
    const isMoving = motion.advance(now);
    const isGrowing = layouts.shown()?.frame.stage === "layout";
    // On the way from one layout to another nothing stands still anyway.
    if (isMoving) stage.camera.release();
    stage.camera.fit(motion.points, visible(), dimsNow(), isGrowing ? FOLLOW : 1);
    return isMoving;
  }

  function sendLook(): void {
    layouts.look(toolbar.settings(), selection.alone, view);
  }

  function run(): void {
    if (layouts.state() === "done") return sendLook();
    layouts.toggle();
    showStanding();
  }

  function take({ frame, settings }: Shown, before: LayoutFrame | null): void {
    const isNew = before?.look !== frame.look;
    const isFirstStep = frame.stage === "layout" && before?.stage !== "layout";
    if (frame.points !== null) {
      const smoothly = isNew && before !== null && !page.reducedMotion;
      const now = performance.now();
      motion.place(frame.points, visible(), settings.dims, { smoothly, now });
      // A layout begins small: what counts is that the picture stays as large as it was.
      if (isFirstStep || (isNew && !smoothly)) stage.camera.release();
    }
    showStanding();
    stage.refresh();
  }

  function showStanding(): void {
    const shown = layouts.shown();
    if (shown === null) return;
    const { frame } = shown;
    const { method, dims, direction } = shown.settings;
    const standing = { method, dims, isHeld: layouts.isHeld(), hasDirection: direction !== null };
    shell.say({ status: progressOf(frame, standing), caveat: caveatOf(frame, standing) });
    toolbar.showRun(layouts.state());
    wrap.dataset["stage"] = frame.stage;
    wrap.dataset["done"] = String(frame.done);
    stage.canvas.setAttribute("aria-label", `${name}, by ${method}`);
  }

  function select(next: steps.Selection): void {
    const isOther = next.alone !== selection.alone;
    selection = next;
    hovered = -1;
    hover.hide();
    if (selection.chosen < 0) {
      nearest = null;
      reading.clear();
    }
    foot.show({
      picked: steps.canIsolate(selection) ? (selection.picked?.length ?? 0) : 0,
      alone: selection.alone?.length ?? 0,
      rows: view.rows,
    });
    wrap.dataset["chosen"] = selection.chosen < 0 ? "" : labelOf(selection.chosen);
    if (isOther) sendLook();
    stage.refresh();
  }

  function chooseRow(row: number): void {
    select(steps.choose(selection, row));
    if (row < 0) return;
    nearest = null;
    reading.showChosen(row, null, metric);
    askNearest();
  }

  function askNearest(): void {
    if (selection.chosen >= 0) layouts.askNearest(selection.chosen, metric, selection.alone);
  }

  function takeNearest(answer: NearestRows): void {
    if (selection.chosen < 0) return;
    const isNew = nearest === null;
    nearest = answer;
    select(steps.pickNeighbours(selection, answer.rows));
    reading.showChosen(selection.chosen, answer, metric);
    const names = answer.rows.slice(0, 3).map(labelOf).join(", ");
    if (isNew) announce(`${labelOf(selection.chosen)}, nearest ${names}`);
  }

  function rowsWith(text: string): readonly number[] {
    return steps.search(text, visible(), labelOf, groupOf);
  }

  function showFound(text: string): void {
    if (text.trim() === "") {
      select(steps.pick(selection, []));
      return;
    }
    const rows = rowsWith(text);
    select(steps.pick(selection, rows));
    reading.showFound(rows, text.trim());
    announce(rows.length === 1 ? "1 row found" : `${group(rows.length)} rows found`);
  }

  function pickClass(rank: number): void {
    const { colors } = view;
    if (colors?.kind !== "classes") return;
    const rows = [...visible()].filter((row) => colors.of[row] === rank);
    const isSame = selection.picked?.length === rows.length && selection.picked[0] === rows[0];
    select(steps.pick(selection, isSame ? [] : rows));
    if (!isSame) announce(`${group(rows.length)} rows of ${colors.names[rank] ?? ""}`);
  }

  function isolateRows(): void {
    const count = selection.picked?.length ?? 0;
    select(steps.isolate(selection));
    announce(`${group(count)} rows alone`);
    stage.canvas.focus({ preventScroll: true });
  }

  function showAllRows(): void {
    select(steps.showAll(selection));
    if (toolbar.search.value !== "") showFound(toolbar.search.value);
    announce("All rows");
    stage.canvas.focus({ preventScroll: true });
  }

  function pointAt(row: number, x: number, y: number): void {
    if (row >= 0) hover.show(row, x, y);
    else hover.hide();
    if (row === hovered) return;
    hovered = row;
    stage.refresh();
  }

  const announce = (live: string) => shell.say({ live });
  function dress(): void {
    sprites.clear();
    const isThinned = view.rows < view.of;
    shell.dress({
      title: view.title,
      legend: createLegend(view.colors, page.theme, pickClass),
      thinned: isThinned ? `${group(view.rows)} of ${group(view.of)} rows, evenly chosen.` : "",
    });
  }

  dress();
  foot.show({ picked: 0, alone: 0, rows: view.rows });
  toolbar.showRun("none");
  layouts.sendRows(view);
  sendLook();

  return {
    follow(next, nextName, nextContext) {
      if (!isSameFigure(next, view)) return false;
      const isRecoloured = nextContext.theme !== page.theme || !sameColors(next, view);
      const isMoved = next !== view;
      page = nextContext;
      view = next;
      if (isRecoloured) dress();
      if (isMoved) layouts.sendRows(view);
      if (isMoved && selection.chosen >= 0) askNearest();
      stage.canvas.setAttribute("aria-label", `${nextName}, by ${toolbar.settings().method}`);
      stage.refresh();
      return true;
    },
    dispose() {
      stage.dispose();
      layouts.dispose();
      wrap.remove();
    },
  };
}
