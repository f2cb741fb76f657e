/** A language detector that somebody else trained: its parameters, and the inputs it wants. */
import { tensor } from "../creation/create.ts";
import { decodeTensors } from "../io/safetensors.ts";
import type { StateDict } from "../nn/state.ts";
import type { Tensor } from "../tensor.ts";
import type { DataCard } from "./catalogue.ts";

/** What `data.load("languages")` gives: a net of 620 inputs, 120 ReLU units and 50 languages. */
export class LanguageModel {
  /** Fits `nn.Sequential(nn.Linear(620, 120), nn.ReLU(), nn.Linear(120, 50))`. */
  readonly parameters: StateDict;
  /** ISO 639-3 codes, in the order of the outputs. */
  readonly languages: readonly string[];
  /** Groups of one to four letters, in the order of the inputs. */
  readonly groups: readonly string[];
  /** What the model is. */
  readonly card: DataCard | null = null;

  /** For `data.load`. */
  constructor(parameters: StateDict, languages: readonly string[], groups: readonly string[]) {
    this.parameters = parameters;
    this.languages = languages;
    this.groups = groups;
  }

  /** How often each letter group stands in `text`, as a share of all groups of its length: `[620]`. */
  features(text: string): Tensor {
    const letters = text
      .replaceAll(/-+/g, " ")
      .replaceAll(/[^\p{L}\p{M}\s]/gu, "")
      .replaceAll(/\s{2,}/g, " ")
      .toLowerCase()
      .trim();
    const counts = [1, 2, 3, 4].map((size) => countGroups(` ${letters} `, size));
    return tensor(
      this.groups.map((group) => {
        const { seen, total } = counts[group.length - 1] ?? { seen: new Map(), total: 0 };
        return (seen.get(group) ?? 0) / Math.max(total, 1);
      }),
    );
  }
}

function countGroups(
  text: string,
  size: number,
): { readonly seen: ReadonlyMap<string, number>; readonly total: number } {
  const seen = new Map<string, number>();
  const total = Math.max(0, text.length - size + 1);
  for (let at = 0; at < total; at++) {
    const group = text.slice(at, at + size);
    seen.set(group, (seen.get(group) ?? 0) + 1);
  }
  return { seen, total };
}

/** @throws SyntaxError for a file that lacks a part. */
export function parseLanguages(bytes: Uint8Array): LanguageModel {
  const { tensors, metadata } = decodeTensors(bytes);
  const part = (name: string): Tensor => {
    const found = tensors[name];
    if (found === undefined) throw new SyntaxError(`languages: the file lacks ${name}`);
    return found.to("f32");
  };
  // Stored as bytes, with a scale for each row of a weight and one for a bias.
  const layer = (name: string): [string, Tensor][] => [
    [`${name}.weight`, part(`${name}.weight`).mul(part(`${name}.weightScale`).unsqueeze(1))],
    [`${name}.bias`, part(`${name}.bias`).mul(part(`${name}.biasScale`))],
  ];
  const { languages, ngrams } = metadata;
  if (languages === undefined || ngrams === undefined)
    throw new SyntaxError("languages: the file lacks the names of its inputs or outputs");
  return new LanguageModel(
    Object.fromEntries([...layer("0"), ...layer("2")]),
    languages.split(" "),
    JSON.parse(ngrams) as readonly string[],
  );
}
