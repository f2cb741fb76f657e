/**
 * Our bundle of plotly.js: the traces figures need, none that builds code from text (scattergl does,
 * and the page's policy forbids it). Loaded by dynamic import at the first figure.
 */
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import contour from "plotly.js/lib/contour";
import heatmap from "plotly.js/lib/heatmap";
import histogram from "plotly.js/lib/histogram";
import image from "plotly.js/lib/image";
import mesh3d from "plotly.js/lib/mesh3d";
import scatter3d from "plotly.js/lib/scatter3d";
import surface from "plotly.js/lib/surface";
import treemap from "plotly.js/lib/treemap";

// `scatter` is part of the core.
Plotly.register([bar, contour, heatmap, histogram, image, mesh3d, scatter3d, surface, treemap]);

export default Plotly;
