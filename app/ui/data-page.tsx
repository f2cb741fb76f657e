/** `?data`: the data sets that ship with Descent, who made them and under which licence. */
import { Fragment, useEffect } from "react";
import { catalogue, type DataCard } from "../../kernel/tensor/data/catalogue.ts";
import { Link } from "./link.tsx";
import type { Route } from "./route.ts";
import { ThemeButton } from "./theme-button.tsx";

export function DataPage({ go }: { readonly go: (route: Route) => void }) {
  useEffect(() => {
    document.title = "Data sets - Descent";
  }, []);
  return (
    <>
      <header className="bar">
        <Link route={{ page: "start" }} go={go} className="wordmark">
          Descent
        </Link>
        <div className="title" />
        <ThemeButton />
      </header>
      <main className="start data-sets">
        <h1>Data sets</h1>
        <p className="lede">
          What <code>data.load</code> knows by name. They ship with the page, each with its authors
          and its licence.
        </p>
        {Object.entries<DataCard>(catalogue).map(([name, card]) => (
          <section key={name} aria-labelledby={`data-${name}`}>
            <h2 id={`data-${name}`}>
              {card.title} <code>{name}</code>
            </h2>
            <p>{card.contents}.</p>
            <dl>
              <dt>Authors</dt>
              <dd>{card.authors}</dd>
              <dt>Licence</dt>
              <dd>
                <Licence text={card.licence} isOurs={card.file === null} />
              </dd>
              <dt>Origin</dt>
              <dd>
                <Origin text={card.origin} />
              </dd>
            </dl>
          </section>
        ))}
      </main>
    </>
  );
}

/** Licences by how cards name them: their texts are shipped where they have to be. */
const licences: Readonly<Record<string, string>> = {
  MIT: "data/licences/MIT.txt",
  "BSD 3-Clause": "data/licences/BSD-3-Clause.txt",
  "Apache 2.0": "data/licences/Apache-2.0.txt",
  "CC0 1.0": "data/licences/CC0-1.0.txt",
  "WordNet 3.0": "data/licences/WordNet-3.0.txt",
  "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
  "CC BY 2.0 FR": "https://creativecommons.org/licenses/by/2.0/fr/",
  "PDDL 1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
};
const licenceNames = new RegExp(`(${Object.keys(licences).join("|")})`);

/** The text with each licence as a link; ours is that of the page. */
function Licence({ text, isOurs }: { readonly text: string; readonly isOurs: boolean }) {
  if (isOurs) return text;
  return text.split(licenceNames).map((part) => {
    const address = licences[part];
    return address === undefined ? (
      <Fragment key={part}>{part}</Fragment>
    ) : (
      <a key={part} href={address} target="_blank" rel="noreferrer">
        {part}
      </a>
    );
  });
}

/** The text with its DOI as a link. */
function Origin({ text }: { readonly text: string }) {
  return text.split(/(doi:[^\s,]+)/).map((part) =>
    part.startsWith("doi:") ? (
      <a key={part} href={`https://doi.org/${part.slice(4)}`} target="_blank" rel="noreferrer">
        {part}
      </a>
    ) : (
      <Fragment key={part}>{part}</Fragment>
    ),
  );
}
