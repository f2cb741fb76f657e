// ---
// title: Guess, measure, adjust
// question: How does a knob find out which way to turn, and how far?
// minutes: 30
// order: 3
// needs: [2]
// ---

// %% [markdown] id="opening"
// # Down the mountain, in fog
//
// In lesson 1 you turned two knobs and saw a line. On this map **every place is a line**: its **w** to the right, its **b** upwards; the bluer, the larger its error. But there is fog, and you see only the ground at your feet. **Drag w and b, and walk down to the lowest place you can find.**

// %% id="setup" tags=["setup"] title="thirty seedlings, a map in fog, and your feet"
import { data, expect, F, linspace, manualSeed, nn, noGrad, optim, plot } from "descent";
import { progress, rand, randn, ui } from "descent";

// Made up: weeks since sowing, cm of height, and chance.
manualSeed(42);
const weeksOld = rand([30, 1]).mul(10);
const heightsNow = weeksOld
  .mul(3)
  .add(4)
  .add(randn([30, 1]).mul(2));
const [weeks, heights] = [weeksOld, heightsNow].map((all) => Array.from(all.data));

/** A line, as a place on the map. */
interface Place {
  readonly w: number;
  readonly b: number;
}

/** The mean of the squared misses: of all seedlings, or of some. */
function errorOf({ w, b }: Place) {
  const misses = weeks.map((week, i) => w * week + b - heights[i]);
  return misses.reduce((sum, miss) => sum + miss ** 2, 0) / misses.length;
}

/** The place with the lowest error, worked out on paper: the line of least squares. */
function lowestPlace(): Place {
  const mean = (values: number[]) => values.reduce((a, c) => a + c, 0) / values.length;
  const [x, y] = [mean(weeks), mean(heights)];
  const joint = mean(weeks.map((week, i) => (week - x) * (heights[i] - y)));
  const w = joint / mean(weeks.map((week) => (week - x) ** 2));
  return { w, b: y - w * x };
}

const ink = { text: "#24231f", quiet: "#67635a", rule: "#b9b3a5", paper: "#fdfcf9" };
const short = (value: number) => String(Number(value.toPrecision(3))).replace("-", "−");
/** Nothing for what is far outside: whoever has left a map is not drawn on it to and fro. */
const near = (value: number, [low, high]: readonly [number, number]) =>
  Math.abs(value - (low + high) / 2) < 1.5 * (high - low) ? value : null;
/** Pale in the valley, blue on the heights. */
const heightsInColor = [
  [0, "#f3f1ea"],
  [0.25, "#c6dbe9"],
  [0.5, "#7fb2d6"],
  [0.75, "#3a84be"],
  [1, "#123f6e"],
];
/** Walkers are told apart by colour and by their marks. */
const walkers = [
  { color: "#c9620a", symbol: "circle" },
  { color: "#24231f", symbol: "diamond" },
  { color: "#008a64", symbol: "square" },
];

/** A country of errors: what lies at each place, and which part of it is shown. */
interface Country {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly names: readonly [string, string];
  readonly height: (x: number, y: number) => number;
  /** Heights at which lines of equal error are drawn, as powers of ten: first, last, step. */
  readonly levels: readonly [number, number, number];
}

type Walk = readonly (readonly [number, number])[];

/** The country with walks through it; only around `seen`, if there is fog. */
function pictureOf(
  { x, y, names, height, levels }: Country,
  walks: Readonly<Record<string, Walk>>,
  { title, seen }: { title: string; seen?: readonly [number, number] | undefined },
): plot.DrawingParts {
  const columns = Array.from(linspace(x[0], x[1], 65).data);
  const rows = Array.from(linspace(y[0], y[1], 49).data);
  const isSeen = (at: number, row: number) =>
    seen === undefined ||
    Math.hypot((at - seen[0]) / (x[1] - x[0]), (0.7 * (row - seen[1])) / (y[1] - y[0])) < 0.12;
  const z = rows.map((row) =>
    columns.map((at) => (isSeen(at, row) ? Math.log10(height(at, row)) : null)),
  );
  const [first, last, step] = levels;
  const field = { x: columns, y: rows, z, showscale: false, hoverinfo: "skip" };
  const lines = {
    ...field,
    type: "contour",
    contours: { start: first, end: last, size: step, coloring: "none" },
    line: { color: ink.paper, width: 1 },
  };
  const all = Object.entries(walks);
  const walked = all.map(([name, walk], i) => ({
    type: "scatter",
    mode: "lines+markers",
    name,
    x: walk.map(([at]) => near(at, x)),
    y: walk.map(([, at]) => near(at, y)),
    line: { color: walkers[i % walkers.length].color, width: 1.5 },
    marker: {
      ...walkers[i % walkers.length],
      size: walk.map((_, at) => (at === walk.length - 1 ? 12 : 4)),
      line: { width: walk.map((_, at) => (at === walk.length - 1 ? 1 : 0)), color: ink.paper },
    },
  }));
  const words = all.map(
    ([name], i) => `<span style="color:${walkers[i % walkers.length].color}">● ${name}</span>`,
  );
  const above = (text: string, at: number, xanchor: string) => ({
    text,
    xref: "paper",
    yref: "paper",
    x: at,
    y: 1,
    xanchor,
    yanchor: "bottom",
    yshift: 4,
    showarrow: false,
  });
  const smooth = seen === undefined ? { zsmooth: "best" } : {};
  const heat = { type: "heatmap", zmin: first, zmax: last, colorscale: heightsInColor, ...smooth };
  const fog = seen === undefined ? {} : { plot_bgcolor: "#e5e1d7" };
  return {
    data: [{ ...field, ...heat }, ...(seen === undefined ? [lines] : []), ...walked],
    layout: {
      title: { text: title },
      xaxis: { range: x, title: { text: names[0] }, showgrid: false },
      yaxis: { range: y, showgrid: false },
      annotations: [
        above(names[1], 0, "left"),
        ...(all.length > 1 ? [above(words.join("&nbsp;&nbsp; "), 1, "right")] : []),
      ],
      margin: { t: 50, b: 34 },
      height: 268,
      ...fog,
    },
    words: `a map of the error over ${names.join(" and ")}${seen ? ", in fog" : ""}; ${title}`,
  };
}

const seedlings: Country = {
  x: [-2, 8],
  y: [-15, 25],
  names: ["w", "b"],
  height: (w, b) => errorOf({ w, b }),
  levels: [0.5, 3.5, 0.25],
};
const toWalk = (places: readonly Place[]): Walk => places.map(({ w, b }) => [w, b]);

/** Draws the error over w and b, with the walks of some. */
const drawLand = (walks: Record<string, Place[]>, title: () => string) =>
  plot.drawing(() => {
    const drawn = Object.entries(walks).map(([name, places]) => [name, toWalk(places)]);
    return pictureOf(seedlings, Object.fromEntries(drawn), { title: title() });
  });

const trail: Place[] = []; // where you have been
/** Draws what can be seen from a place, and the way there. */
function drawFog(here: Place, hasFog: boolean) {
  const last = trail.at(-1);
  if (last?.w !== here.w || last.b !== here.b) trail.push(here);
  const title = `error ${short(errorOf(here))}`;
  const seen = hasFog ? ([here.w, here.b] as const) : undefined;
  plot.drawing(() => pictureOf(seedlings, { you: toWalk(trail) }, { title, seen }));
}

const feet = {
  w: ui.slider("w", { min: -2, max: 8, value: -1, step: 0.1 }),
  b: ui.slider("b", { min: -15, max: 25, value: 18, step: 0.5 }),
  fog: ui.toggle("fog", { value: true }),
};

// %% id="fog" tags=["auto"]
drawFog({ w: feet.w.value, b: feet.b.value }, feet.fog.value);

// %% [markdown] id="fog-words"
// Found a place where every step leads up? Then **switch the fog off**. Most people stand somewhere in the long valley, but not at its lowest place: across the valley the slope is felt at once, along it hardly.
//
// A machine stands in this fog always. It cannot look at the map, because to draw one it would have to try every place, and with a million knobs there are more places than anyone could ever try. All it can do is what you did: guess, measure, and feel the ground under its feet.
//
// ## Guess, and measure
//
// The points behind this map are seedlings: so many weeks old, so many cm tall. Here is one of them, and a line that somebody guessed.

// %% id="row"
const guessed: Place = { w: 1, b: 0 };
const guess = guessed.w * weeks[0] + guessed.b; // what the line says
const off = guess - heights[0]; // how far that is from the truth
console.log(`after ${short(weeks[0])} weeks it is ${short(heights[0])} cm tall;`);
console.log(`guess ${short(guess)}: off ${short(off)}, squared ${short(off ** 2)}`);

// %% [markdown] id="nudge-words"
// The error is the mean of these squares over all thirty. Now, which way? Feel with one foot: turn **w** a tiny bit up, measure again, and turn it back. If the error grew, downhill is the other way. How much it grew, for each bit that w was turned, is the **slope** of w.
//
// **Before you run it**: to make this line better, should w be turned *up* or *down*?

// %% id="way-guess" tags=["predict"]
const wayGuess = "?"; // "up" or "down"

// %% id="nudge"
const tiny = 0.0001;
const { w, b } = guessed;
const grewWithW = errorOf({ w: w + tiny, b }) - errorOf({ w: w - tiny, b });
const grewWithB = errorOf({ w, b: b + tiny }) - errorOf({ w, b: b - tiny });
const [slopeOfW, slopeOfB] = [grewWithW / (2 * tiny), grewWithB / (2 * tiny)];
console.log(`slope of w ${short(slopeOfW)}, slope of b ${short(slopeOfB)}`);
console.log(`So turn w ${slopeOfW < 0 ? "up" : "down"}; you said ${wayGuess}.`);

// %% [markdown] id="rule-words"
// (We stepped a tiny bit to both sides, which is a little more exact than to one.) A slope below zero means that the error falls as the knob goes up. So **downhill is against the slope**, and a steep slope deserves a larger turn than a gentle one:
//
// $$\text{new} = \text{old} - \text{rate} \cdot \text{slope}$$
//
// This is all of **gradient descent**: ask every knob for its slope, then turn all of them at once. The *gradient* is the list of slopes. The **rate**, or *learning rate*, says how far to go.

// %% id="step-setup" tags=["setup"] title="the slopes at a place, by nudging"
/** The slope of either knob, as in the cell above. */
function slopesAt({ w, b }: Place): Place {
  const across = errorOf({ w: w + 1e-4, b }) - errorOf({ w: w - 1e-4, b });
  const along = errorOf({ w, b: b + 1e-4 }) - errorOf({ w, b: b - 1e-4 });
  return { w: across / 2e-4, b: along / 2e-4 };
}

/** Counts steps under the cell's bar. */
const count = (steps: number) => progress(Array.from({ length: steps }, (_, at) => at));

// %% id="step"
function step(old: Place, rate: number): Place {
  const slope = slopesAt(old);
  return { w: old.w - rate * slope.w, b: old.b - rate * slope.b };
}
const better = step(guessed, 0.01);
console.log(`w is now ${short(better.w)}, b ${short(better.b)}`);
console.log(`error ${short(errorOf(guessed))} -> ${short(errorOf(better))}`);

// %% [markdown] id="fifty-words"
// Guess, measure, adjust: one step. Now a hundred of them, from the place where you began.
//
// **Before you run it**: how much of the way to the lowest place will lie behind the machine then, in percent? (100 means that it has arrived.)

// %% id="behind-guess" tags=["predict"]
const behindGuess: number | "?" = "?"; // percent, from 50

// %% id="hundred" title="A hundred steps"
let walker: Place = { w: -1, b: 18 };
const path = [walker];
const fall = plot.live({ y: "error", log: true });
for (const at of count(100)) {
  walker = step(walker, 0.02); // against the slope, a little
  path.push(walker);
  fall.push({ error: errorOf(walker) }); // how wrong is it now?
}

// %% id="path-setup" tags=["setup"] title="how far it is to the lowest place"
/** How far a place is from the lowest one, as the map shows it. */
function leftFrom({ w, b }: Place) {
  const lowest = lowestPlace();
  return Math.hypot((w - lowest.w) / 10, (b - lowest.b) / 40);
}

// %% id="path"
const reached = `the machine ends at error ${short(errorOf(walker))}`;
drawLand({ you: trail, machine: path }, () => reached);
const behind = 100 * (1 - leftFrom(walker) / leftFrom(path[0]));
console.log(`${behind.toFixed(0)} percent lie behind it; you said ${behindGuess}.`);

// %% [markdown] id="path-words"
// Every single step went down: the curve above never rises. But the way is not straight. First the machine falls across the valley, because that is where the ground is steep, and shoots to and fro; then it creeps along the floor, where the slope is gentle and its steps are small. It has not arrived.
//
// ## How far?
//
// The way is given by the slopes. How far to go is not: **you** set the rate. Run the next cell, and while it runs **drag the rate**. Hold the walk with **Pause**, drag, and take one **Step** at a time; **Finish** ends it. *Same start* and *new start* put the walker back, while it walks.

// %% id="live-setup" tags=["setup"] title="a knob for the rate, a walk to watch, and a table of your walks"
const rate = ui.slider("learning rate", { min: 0.0001, max: 0.05, value: 0.002, log: true });

/** Counts steps slowly enough to watch. */
async function* slowly(steps: number) {
  for (const at of count(steps)) {
    yield at;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A walker on the map, with two buttons that put it back, and the curve of its error. */
function startWalk() {
  const begin: Place = { w: -1, b: 18 };
  const places = [begin];
  const put = (place: Place) => {
    places.splice(0, places.length, place);
    map.update();
  };
  ui.button("same start", () => put(begin));
  ui.button("new start", () => {
    const [right, up] = rand([2]).data;
    put({ w: -2 + 10 * right, b: -15 + 40 * up });
  });
  const last = () => places[places.length - 1];
  const map = drawLand({ machine: places }, () => `error ${short(errorOf(last()))}`);
  const curve = plot.live({ y: "error", log: true });
  return {
    now: last,
    go(place: Place) {
      places.push(place);
      map.update();
      curve.push({ error: errorOf(place) });
    },
  };
}

const tried: { "rate at the end": number; steps: number; error: string }[] = [];
/** Writes a walk into the table of all walks so far. */
function note(steps: number, place: Place) {
  tried.push({ "rate at the end": Number(short(rate.value)), steps, error: short(errorOf(place)) });
  console.table(tried);
}

// %% id="live" title="A learning rate in your hand"
const walk = startWalk();
let taken = 0;
for await (const at of slowly(200)) {
  walk.go(step(walk.now(), rate.value)); // read anew at every step
  taken += 1;
}
note(taken, walk.now()); // every walk stays in the table

// %% [markdown] id="live-words"
// Too low, and the walker creeps. Higher, and it zigzags down the sides of the valley. Higher still, and each step lands further up on the other side than it came from: it climbs out of the valley, and the error grows without end. That is called **divergence**. If it happened to you, turn the rate down and press *same start*. Run the cell again with other rates: the table keeps all your walks.
//
// **Before you run the next cell**: five walkers start at the same place and take 200 steps each, with five rates. Which rate ends lowest?

// %% id="rate-guess" tags=["predict"]
const rateGuess = "?"; // "0.00001", "0.001", "0.01", "0.02" or "0.05"

// %% id="rates"
const errorsWith = (rate: number) => {
  const errors: number[] = [];
  for (let at = 0, place = path[0]; at < 200; at++, place = step(place, rate))
    errors.push(errorOf(place));
  return errors;
};
const rates = ["0.00001", "0.001", "0.01", "0.02", "0.05"];
const runOf = (rate: string) => [rate, errorsWith(Number(rate))];
const runs: Record<string, number[]> = Object.fromEntries(rates.map(runOf));
plot.line(runs, { x: "step", y: "error", log: true, range: [1, 1e5] });

// %% id="rates-told"
const atTheEnd = (rate: string) => runs[rate][199];
console.table(rates.map((rate) => ({ rate, "last error": short(atTheEnd(rate)) })));
const best = rates.toSorted((one, other) => atTheEnd(one) - atTheEnd(other))[0];
console.log(`The lowest is ${best}; you said ${rateGuess}.`);

// %% [markdown] id="limit-words"
// The lowest rate has hardly moved. The highest did not merely do badly: it left the map. And the best one lies close below where that begins. Where exactly?
//
// There is a limit, and it can be known *before* a single step. Think of one valley wall as a bowl whose slope grows by **bend** for each unit you move. A step of `rate * slope` from a distance $d$ is `rate * bend` times $d$ long. If that is less than $d$, you stop before the middle; if it is up to $2d$, you land on the other side, but lower; beyond $2d$ you land **higher** than you were. So
//
// $$\text{rate} < \frac{2}{\text{bend}}$$
//
// and it is the *steepest* direction that decides for all.

// %% id="limit-setup" tags=["setup"] title="the steepest bend of this map, worked out from the weeks"
/** How fast the slope grows in the steepest direction: the largest eigenvalue of the Hessian. */
function steepestBend() {
  const mean = (of: (week: number) => number) =>
    weeks.reduce((sum, week) => sum + of(week), 0) / weeks.length;
  const [ww, wb, bb] = [2 * mean((week) => week ** 2), 2 * mean((week) => week), 2];
  return (ww + bb) / 2 + Math.hypot((ww - bb) / 2, wb);
}

// %% id="limit"
const limit = 2 / steepestBend();
console.log(`limit ${limit.toFixed(5)}`);
for (const share of [0.98, 1.02]) {
  let place = path[0];
  for (let at = 0; at < 1000; at++) place = step(place, share * limit);
  console.log(`${share} of it, a thousand steps: error ${short(errorOf(place))}`);
}

// %% [markdown] id="narrow-words"
// A hair below the limit it arrives, a hair above it is lost.
//
// ## Why it zigzags
//
// Skiers zigzag because they want to. Gradient descent does it because it must: one rate has to serve every direction. In a **narrow** valley the steep walls allow only small steps, and those are far too small for the gentle floor. Here is a valley whose narrowness you hold in your hand, and a rate as a share of its limit. **Make it round (1), then narrow. Then lower the rate until no zigzag is left, and see how far it gets.**

// %% id="narrow-setup" tags=["setup"] title="a valley, and knobs for its narrowness and the rate"
const valley = {
  narrow: ui.slider("narrowness", { min: 1, max: 100, value: 20, log: true }),
  share: ui.slider("share of the limit", {
    min: 0.05,
    max: 1.05,
    value: 0.9,
    step: 0.05,
  }),
};

/** Forty steps of gradient descent in a valley that is steep upwards and gentle to the right. */
function walkValley(narrow: number, share: number) {
  const rate = (share * 2) / narrow;
  const walk: [number, number][] = [[-9, 2]];
  for (let at = 0; at < 40; at++) {
    const [x, y] = walk[at];
    walk.push([x - rate * x, y - rate * narrow * y]); // the slopes are x and narrow * y
  }
  return walk;
}

/** Draws a walk through that valley, and counts how often it crosses the floor. */
function drawValley(walk: [number, number][], narrow: number) {
  const crossed = walk.slice(1).filter(([, y], i) => y * walk[i][1] < 0).length;
  const country: Country = {
    x: [-10, 4],
    y: [-3, 3],
    names: ["along", "across"],
    height: (x, y) => 0.05 + (x ** 2 + narrow * y ** 2) / 2,
    levels: [-1, 2.5, 0.35],
  };
  const [along] = walk[walk.length - 1];
  const title = `${crossed} crossings, ${short(Math.abs(along))} left to go`;
  plot.drawing(() => pictureOf(country, { machine: walk }, { title }));
}

// %% id="narrow" tags=["auto"]
const [narrow, share] = [valley.narrow.value, valley.share.value];
drawValley(walkValley(narrow, share), narrow);

// %% [markdown] id="two-words"
// ## Is the bottom *the* bottom?
//
// The map of a line has one lowest place, and every way down leads there. Most maps are not so kind. This one has two valleys, and one of them is deeper. **Drag the start**, and watch where the walk ends.

// %% id="two-setup" tags=["setup"] title="two valleys, and a knob for the start"
const from = ui.slider("start", { min: -3, max: 3, value: 0.5, step: 0.05 });
/** Two valleys; the left one is deeper. */
const depth = (x: number) => (x ** 2 - 4) ** 2 / 8 + 0.6 * x + 2;
const steepness = (x: number) => (x * (x ** 2 - 4)) / 2 + 0.6;

/** The way of a walker that takes sixty steps down. */
function descend(start: number) {
  const way = [start];
  for (let at = 0; at < 60; at++) way.push(way[at] - 0.05 * steepness(way[at]));
  return way;
}
const endOf = (start: number) => descend(start)[60];

/** Draws the valleys and a way through them. */
function drawWay(way: number[]) {
  const end = way[way.length - 1];
  const title = `ends in the ${end < 0 ? "deeper" : "other"} valley`;
  const xs = Array.from(linspace(-3.2, 3.2, 129).data);
  const line = { color: ink.rule, width: 2 };
  plot.drawing(() => ({
    data: [
      { type: "scatter", mode: "lines", name: "error", x: xs, y: xs.map(depth), line },
      {
        type: "scatter",
        mode: "markers",
        name: "walker",
        x: way,
        y: way.map(depth),
        marker: {
          color: walkers[0].color,
          size: way.map((_, at) => (at === way.length - 1 ? 14 : 6)),
        },
      },
    ],
    layout: {
      title: { text: title },
      xaxis: { range: [-3.2, 3.2], title: { text: "x" } },
      yaxis: { range: [0, 6] },
    },
    words: `two valleys and a way from ${short(way[0])} to ${short(end)}, which ${title}`,
  }));
}

// %% id="two" tags=["auto"]
drawWay(descend(from.value));

// %% [markdown] id="two-predict"
// **Before you run it**: twenty walkers start at random places of this map. How many of them end in the deeper valley?

// %% id="two-guess" tags=["predict"]
const twoGuess: number | "?" = "?"; // of twenty, from 10

// %% id="twenty"
manualSeed(42);
const starts = Array.from(rand([20]).mul(6).sub(3).data);
const ends = starts.map(endOf);
const deeper = ends.filter((end) => end < 0).length;
plot.scatter({ x: starts, y: ends }, { x: "start", y: "end" });
console.log(`${deeper} of twenty are in the deeper valley; you said ${twoGuess}.`);

// %% [markdown] id="luck-words"
// None of them knows. Each stands at a place where every step leads up, and as far as it can feel, that is the bottom. **Where you start decides where you end**: lesson 6 is about that.
//
// ## Is it worth the trouble?
//
// There is a way that needs no slopes at all: try lines at random, and keep the best. **Before you run it**: gradient descent needs some steps until its error is within two percent of the lowest. How many random tries will chance need, for each of those steps?

// %% id="luck-guess" tags=["predict"]
const luckGuess: number | "?" = "?"; // tries for each step, from 1

// %% id="luck-setup" tags=["setup"] title="both ways, until they are within two percent"
const goal = 1.02 * errorOf(lowestPlace());

/** How many steps down, at this rate, until the goal is reached. */
function stepsNeeded(rate: number) {
  let [place, steps] = [path[0], 0];
  for (; errorOf(place) > goal && steps < 5000; steps++) place = step(place, rate);
  return steps;
}

/** How many lines chance tries until one is good enough. */
function triesNeeded() {
  for (let tries = 1; ; tries++) {
    const [right, up] = rand([2]).data;
    if (errorOf({ w: -2 + 10 * right, b: -15 + 40 * up }) <= goal) return tries;
  }
}

// %% id="luck"
manualSeed(42);
const stepsDown = stepsNeeded(0.9 * limit);
const tries = Array.from({ length: 11 }, triesNeeded).sort((a, b) => a - b);
const middle = tries[5]; // of eleven searches
plot.bars({ steps: stepsDown, tries: middle }, { title: "to within two percent" });
const dearer = short(middle / stepsDown);
console.log(`${dearer} tries for each step; you said ${luckGuess}.`);

// %% [markdown] id="batch-words"
// And that is with two knobs. With each knob more, chance has another direction in which to be wrong, and its tries multiply. A slope for each knob tells all of them at once which way to go.
//
// ## A few rows at a time
//
// So far every step measured all thirty seedlings. With a billion rows of data nobody can wait for that. Instead each step looks at a handful, a **batch**, and trusts it: `batches(5)` shuffles the rows and deals them out by fives, and one pass through all is an **epoch**. Here the engine does what we did by hand: `backward()` finds the slopes (how, is lessons 4 and 5), `step()` turns the knobs against them.
//
// **Before you run it**: thirty rows, dealt by fives, thirty times over. How many updates is that?

// %% id="updates-guess" tags=["predict"]
const updatesGuess: number | "?" = "?";

// %% id="batch-setup" tags=["setup"] title="the same start for the engine's line"
const rows = new data.Dataset(weeksOld, heightsNow);

/** A line of the engine's, at a place of the map. */
function lineAt({ w, b }: Place) {
  const line = nn.Linear(1, 1);
  noGrad(() => [w, b].forEach((value, i) => line.parameters()[i].fill_(value)));
  return line;
}

/** Where the engine's line stands. */
function placeOf(line: nn.Linear): Place {
  const [w, b] = line.parameters().map((knob) => knob.item());
  return { w, b };
}

// %% id="batches" title="Five rows at a time"
manualSeed(42);
const line = lineAt(path[0]);
const sgd = optim.SGD(line.parameters(), { lr: 0.01 });
const noisy = [placeOf(line)];
for (const { x, y } of rows.batches(5, { epochs: 30 })) {
  const error = F.mse(line(x), y); // measured on five rows only
  sgd.zeroGrad(); // forget the slopes of the step before
  error.backward(); // a slope for each knob
  sgd.step(); // turn both against it
  noisy.push(placeOf(line));
}

// %% id="final"
const walked = { you: trail, "all rows": path, "five rows": noisy };
drawLand(walked, () => `${noisy.length - 1} updates by fives`);
console.log(`${noisy.length - 1} updates; you said ${updatesGuess}.`);

// %% [markdown] id="final-words"
// The third walk staggers: each batch of five has a map of its own, a little different from the map of all, and the walker goes down on whichever it was dealt. It never stands quite still. But each of its steps cost a sixth of the others', and it went the same way. Large models are trained so, and only so: millions of staggering steps.
//
// This map answers the question at the top. *Which way?* Against the slope, which every knob can feel without seeing the map. *How far?* The rate times the slope: as far as the steepest wall allows, and no further.

// %% [markdown] id="exercises"
// ## Your turn
//
// Four exercises. Each has a check that says what is not right yet, three hints and a solution.

// %% [exercise] id="ex-step" title="Write the step yourself"
// One step of gradient descent, for any number of knobs: give back the new knobs.
function stepDown(knobs: number[], slopes: number[], rate: number) {
  return knobs.map((knob, i) => knob + slopes[i]);
}

// %% id="ex-step-check" tags=["check"] for="ex-step"
const valleys = [
  { name: "a bowl", of: ([x, y]: number[]) => x ** 2 + 3 * y ** 2 },
  { name: "a tilted valley", of: ([x, y]: number[]) => (x + 2 * y - 1) ** 2 + 0.1 * y ** 2 },
  { name: "two valleys", of: ([x]: number[]) => depth(x) },
];
for (const { name, of } of valleys) {
  const knobs = Array.from(rand([2]).mul(2).add(0.5).data);
  const turned = (i: number, by: number) =>
    of(knobs.map((knob, j) => (i === j ? knob + by : knob)));
  const slopes = knobs.map((_, i) => (turned(i, 1e-5) - turned(i, -1e-5)) / 2e-5);
  const [rate, kept] = [0.01, [...knobs]];
  const to = (by: (slope: number) => number) => knobs.map((knob, i) => knob + by(slopes[i]));
  const answer = stepDown(knobs, slopes, rate);
  expect(knobs).close(kept, {}, "the old knobs are changed: give back a new list");
  expect(answer)
    .mistake(
      to((slope) => slope),
      "this walks uphill, and forgets the rate",
    )
    .mistake(
      to((slope) => rate * slope),
      "this walks uphill: downhill is against the slope",
    )
    .mistake(
      to((slope) => -slope),
      "the rate is missing: how far to go",
    )
    .mistake(
      to((slope) => -rate * Math.sign(slope)),
      "a steep slope deserves a larger turn",
    )
    .mistake(
      slopes.map((slope) => -rate * slope),
      "this is the turn: the new knob is old minus it",
    )
    .close(
      to((slope) => -rate * slope),
      { rtol: 1e-6 },
      "new = old - rate * slope, for each knob",
    );
  expect(of(answer)).below(of(kept), `a small step must lead down, in ${name}`);
}
expect(stepDown([1, 2, 3], [0, 1, -1], 0.5)).close([1, 1.5, 3.5], {}, "three knobs are knobs too");

// %% [markdown] id="ex-step-hint-1" tags=["hint"] for="ex-step" title="where to look"
// Compare the starter with the rule under *Guess, and measure*. Two things in its one line are not there yet: the direction, and how far.

// %% [markdown] id="ex-step-hint-2" tags=["hint"] for="ex-step" title="the rule"
// New is old **minus** rate times slope, for each knob with its own slope.

// %% [markdown] id="ex-step-hint-3" tags=["hint"] for="ex-step" title="the line, with a blank"
// `return knobs.map((knob, i) => knob - ____ * slopes[i]);`

// %% id="ex-step-solution" tags=["solution"] for="ex-step"
function stepDown(knobs: number[], slopes: number[], rate: number) {
  return knobs.map((knob, i) => knob - rate * slopes[i]); // against the slope
}

// %% [exercise] id="ex-rate" title="A rate that arrives"
// Choose a rate: after 200 steps the error should be within a fifth of the lowest.
const myRate = 0.001;
plot.line(errorsWith(myRate), { x: "step", y: "error", log: true });

// %% id="ex-rate-check" tags=["check"] for="ex-rate"
const [began, ended] = [0, 199].map((at) => errorsWith(myRate)[at]);
const lowestError = errorOf(lowestPlace());
const isStill = Math.sign(myRate) === 0;
const wrongWay = isStill ? "a rate of zero stands still" : "a rate below zero walks uphill";
const lost = "it has left the map: this rate is above the limit";
const creeps = "it still creeps along the valley: a higher rate goes further";
expect(myRate).above(0, wrongWay);
const why = ended < began ? creeps : lost;
expect(Number.isFinite(ended)).equal(true, lost);
expect(ended).below(1.2 * lowestError, why);

// %% [markdown] id="ex-rate-hint-1" tags=["hint"] for="ex-rate" title="where to look"
// Look at the end of the curve. Does it still fall? Then the rate may be higher. Does it rise? Then it is too high.

// %% [markdown] id="ex-rate-hint-2" tags=["hint"] for="ex-rate" title="the rule"
// The best rates lie close below the limit that you computed. You may write with its name: `limit`.

// %% [markdown] id="ex-rate-hint-3" tags=["hint"] for="ex-rate" title="the line, with a blank"
// `const myRate = 0.9 * ____;`

// %% id="ex-rate-solution" tags=["solution"] for="ex-rate"
const myRate = 0.95 * limit; // as far as the steepest wall allows
plot.line(errorsWith(myRate), { x: "step", y: "error", log: true });

// %% [exercise] id="ex-limit" title="Where does it begin to diverge?"
// The error of one knob is a * w * w, so its slope is 2 * a * w. What is the limit?
const limitOf = (a: number) => 2 / a;

// %% id="ex-limit-check" tags=["check"] for="ex-limit"
expect.each([0.7, 3, 40], (a) => {
  const after = (rate: number) => {
    let w = 1;
    for (let at = 0; at < 400; at++) w -= rate * 2 * a * w;
    return Math.abs(w);
  };
  const answer = limitOf(a);
  expect(answer)
    .mistake(2 / a, "the slope grows by 2 * a for each unit: that is the bend")
    .mistake(1 / (2 * a), "this rate lands in the middle at once; one can go twice as far")
    .mistake(a, "the steeper the bend, the smaller the steps must be")
    .close(1 / a, { rtol: 1e-3 }, "2 divided by the bend");
  expect(after(0.98 * answer)).below(1, "a hair below the limit it must come down");
  expect(after(1.02 * answer)).above(1, "a hair above the limit it must climb");
});

// %% [markdown] id="ex-limit-hint-1" tags=["hint"] for="ex-limit" title="where to look"
// The bend is by how much the *slope* grows when w grows by one. Write down the slope at w = 1 and at w = 2.

// %% [markdown] id="ex-limit-hint-2" tags=["hint"] for="ex-limit" title="the rule"
// The slope is `2 * a * w`, so it grows by `2 * a` for each unit: this is the bend. The limit is 2 divided by it.

// %% [markdown] id="ex-limit-hint-3" tags=["hint"] for="ex-limit" title="the line, with a blank"
// `const limitOf = (a: number) => 2 / (____ * a);`

// %% id="ex-limit-solution" tags=["solution"] for="ex-limit"
const limitOf = (a: number) => 2 / (2 * a); // the slope 2 a w bends by 2 a

// %% [exercise] id="ex-updates" title="Count the updates"
// So many rows, dealt in batches, so many times over (epochs).
function updatesOf(rows: number, batch: number, epochs: number) {
  return rows * epochs;
}

// %% id="ex-updates-check" tags=["check"] for="ex-updates"
const plans = [
  [30, 5, 30],
  [32, 5, 2],
  [100, 30, 3],
  [7, 7, 4],
  [5, 8, 6],
];
expect.each(plans, ([rows, batch, epochs]) => {
  const truth = epochs * Math.ceil(rows / batch);
  expect(updatesOf(rows, batch, epochs))
    .mistake(epochs * Math.floor(rows / batch), "the rows that are left make a batch too")
    .mistake(Math.ceil((rows * epochs) / batch), "each pass begins anew: round up in every pass")
    .mistake((epochs * rows) / batch, "there is no part of an update: round up in every pass")
    .mistake(rows * epochs, "one update for each batch, not for each row")
    .equal(truth, "the batches of one pass, times the passes");
});

// %% [markdown] id="ex-updates-hint-1" tags=["hint"] for="ex-updates" title="where to look"
// How many batches make one pass? Try it with 32 rows by fives: the last two rows are a batch as well.

// %% [markdown] id="ex-updates-hint-2" tags=["hint"] for="ex-updates" title="the rule"
// Rows divided by the size of a batch, rounded up, times the epochs. `Math.ceil` rounds up.

// %% [markdown] id="ex-updates-hint-3" tags=["hint"] for="ex-updates" title="the line, with a blank"
// `return epochs * Math.ceil(____);`

// %% id="ex-updates-solution" tags=["solution"] for="ex-updates"
function updatesOf(rows: number, batch: number, epochs: number) {
  return epochs * Math.ceil(rows / batch); // the last batch may be smaller, but it counts
}

// %% [markdown] id="recap"
// ## What you take along
//
// - The **slope** of a knob says how the error grows with it. Downhill is against the slope: `new = old - rate * slope`, for all knobs at once.
// - The **learning rate** says how far. Too low creeps; above 2 divided by the steepest bend it diverges; narrow valleys make it zigzag.
// - It feels only the ground under its feet. Where it ends depends on where it starts, and batches make it stagger, cheaply.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// The slope of a knob is `4` and the rate `0.1`. By how much is the knob turned?
//
// - [ ] By `-4`: the slope is not the step. It says which way and how steep; only together with the rate does it become a step.
// - [x] By `-0.4`: rate times slope, against the slope.
// - [ ] By `0.4`: that is the way up. The step goes against the slope.
//
// Training has stopped at a place where all slopes are zero. Is this the best the model can do?
//
// - [ ] Yes, there is no way down any more: not in the next small step. Behind the hill there may be a deeper valley.
// - [x] Not for certain: it may be the bottom of the lesser valley. And even the deepest place is only the best *for these seedlings*; whether the line fits others as well is the question of lesson 9.
// - [ ] No, the error has to be zero for that: the best line misses, too: two seedlings of one age are not equally tall.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// The article compares this to a hike down a mountain in fog, and the picture is a good one, with four corrections. What you cannot see is the *valley*; you came from the peak. Gradient descent does **not** backtrack when a step leads up: you saw a rate that was too high climb for ever. You reach *a* bottom, not always *the* bottom: count the twenty walkers. And the zigzag is no technique, as it is for skiers; it is what a narrow valley does to a single rate, and lesson 8 has the cures. Last: the lowest place is where the model does best *on the data it was shown*.

// %% [markdown] id="next"
// **Next: [lesson 4](?lesson=04).** We felt for the slope of each knob with a nudge, and measured anew for every knob. With two that is easy. How does a model with billions of knobs do it?
