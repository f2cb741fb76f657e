/** Tables: a line of column names, then a row a line, the last column being what is to be predicted. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { debian } from "./sources.mjs";

const sklearn = "usr/lib/python3/dist-packages/sklearn/datasets/data";

function csv(columns, rows) {
  return Buffer.from(`${[columns, ...rows].map((row) => row.join(",")).join("\n")}\n`);
}

/** scikit-learn's tables begin with their sizes and class names and have the class's number last. */
function classified(columns) {
  return (folder, file) => {
    debian(folder, "python3-sklearn");
    const text = readFileSync(join(folder, sklearn, file), "utf8").trim();
    const [first, ...lines] = text.split("\n").map((line) => line.trim().split(","));
    const classes = first.slice(2);
    return csv(
      columns,
      lines.map((line) => [...line.slice(0, -1), classes[Number(line.at(-1))]]),
    );
  };
}

const iris = classified(["sepal length", "sepal width", "petal length", "petal width", "species"]);

const wine = classified([
  "alcohol",
  "malic acid",
  "ash",
  "alcalinity of ash",
  "magnesium",
  "total phenols",
  "flavanoids",
  "nonflavanoid phenols",
  "proanthocyanins",
  "color intensity",
  "hue",
  "OD280/OD315 of diluted wines",
  "proline",
  "cultivar",
]);

const measures = [
  "radius",
  "texture",
  "perimeter",
  "area",
  "smoothness",
  "compactness",
  "concavity",
  "concave points",
  "symmetry",
  "fractal dimension",
];
const cancer = classified([
  ...["mean", "error of", "worst"].flatMap((kind) => measures.map((name) => `${kind} ${name}`)),
  "diagnosis",
]);

/** Two files: measurements as they were taken, and how far the disease went in a year. */
function diabetes(folder) {
  debian(folder, "python3-sklearn");
  const rows = (file) =>
    gunzipSync(readFileSync(join(folder, sklearn, file)))
      .toString()
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number));
  const progression = rows("diabetes_target.csv.gz");
  const columns = ["age", "sex", "body mass index", "blood pressure"];
  const serum = ["TC", "LDL", "HDL", "TC/HDL", "LTG", "glucose"];
  return csv(
    [...columns, ...serum, "progression"],
    rows("diabetes_data_raw.csv.gz").map((row, i) => [...row, ...progression[i]]),
  );
}

/** Two of the 344 penguins have no measurements. */
function penguins(folder) {
  debian(folder, "r-cran-palmerpenguins");
  const file = "usr/lib/R/site-library/palmerpenguins/extdata/penguins.csv";
  const [, ...lines] = readFileSync(join(folder, file), "utf8").trim().split("\n");
  const rows = lines
    .map((line) => line.split(","))
    .filter((row) => row[2] !== "NA")
    .map(([species, , ...measured]) => [...measured.slice(0, 4), species]);
  return csv(
    ["bill length mm", "bill depth mm", "flipper length mm", "body mass g", "species"],
    rows,
  );
}

export const tables = {
  "iris.csv": (folder) => iris(folder, "iris.csv"),
  "wine.csv": (folder) => wine(folder, "wine_data.csv"),
  "cancer.csv": (folder) => cancer(folder, "breast_cancer.csv"),
  "diabetes.csv": diabetes,
  "penguins.csv": penguins,
};
