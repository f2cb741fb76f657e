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
              <dd>{card.licence}</dd>
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
