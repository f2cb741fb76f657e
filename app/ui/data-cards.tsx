/** Beside the head of a cell that loads bundled data: what they are, who made them, under which licence. */
import { useMemo } from "react";
import { loadedIn } from "../../kernel/hosts/data-files.ts";
import { catalogue, type DataCard } from "../../kernel/tensor/data/catalogue.ts";
import { printRoute } from "./route.ts";

const cards: ReadonlyMap<string, DataCard> = new Map(Object.entries<DataCard>(catalogue));

/** Each set once by its name, in the order in which the cell's text loads them. */
export function cardsOf(source: string): [name: string, card: DataCard][] {
  return [...new Set(loadedIn(source))].flatMap((name) => {
    const card = cards.get(name);
    return card === undefined ? [] : [[name, card] as [string, DataCard]];
  });
}

export function DataCards({ source, inTabOrder }: { source: string; inTabOrder: boolean }) {
  const loaded = useMemo(() => cardsOf(source), [source]);
  return loaded.map(([name, { title, contents, authors, licence, origin }]) => (
    <details key={name} className="data-card">
      <summary tabIndex={inTabOrder ? 0 : -1}>Data: {name}</summary>
      <p>
        <strong>{title}</strong>. {contents}. By {authors}; licence: {licence}. From {origin}.{" "}
        <a href={printRoute({ page: "data" })} target="_blank" rel="noreferrer">
          All data sets
        </a>
      </p>
    </details>
  ));
}
