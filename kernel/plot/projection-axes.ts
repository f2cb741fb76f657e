/** The axes of a projection's still picture: without numbers, because only distances mean something. */
import type { Json } from "./figure.ts";
import { toJson } from "./numbers.ts";
import { colors } from "./palette.ts";
import type { StillAxes } from "./still-axes.ts";

export function flat(axes: StillAxes): Json {
  const axis = {
    showgrid: false,
    showticklabels: false,
    ticks: "",
    zeroline: true,
    zerolinecolor: colors.rule,
  };
  return {
    height: 420,
    xaxis: { ...axis, range: axes.range(0).map(toJson) },
    // One unit is as long across as up: distances are what the figure is about.
    yaxis: {
      ...axis,
      range: axes.range(1).map(toJson),
      scaleanchor: "x",
      constrain: "domain",
    },
    margin: { l: 12, r: 12, b: 12 },
  };
}

export function space(axes: StillAxes): Json {
  const axis = (k: number) => ({
    range: axes.range(k).map(toJson),
    showticklabels: false,
    title: { text: "" },
  });
  return {
    height: 420,
    scene: {
      xaxis: axis(0),
      yaxis: axis(1),
      zaxis: axis(2),
      aspectmode: "cube",
      camera: { eye: { x: 1.15, y: 1.15, z: 0.65 }, center: { x: 0, y: 0, z: -0.08 } },
    },
    margin: { l: 0, r: 0, b: 0 },
  };
}
