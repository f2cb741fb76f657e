/** A term of the glossary where it is used: what it means, and code that shows it. */
import { useEffect, useState } from "react";
import { Dialog, Popover } from "react-aria-components";
import type { Term } from "../../lessons/glossary.ts";
import { CodeStill } from "../code-still.tsx";
import { MarkedText } from "./marked-text.tsx";
import { addressOf, termAt } from "./terms.ts";

interface Shown {
  readonly term: Term;
  readonly link: HTMLElement;
}

export function TermPopover() {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const { target } = event;
      const link = target instanceof Element ? target.closest<HTMLElement>("a.term") : null;
      const term = link && termAt(link.getAttribute("href") ?? "");
      // Another tab is the reader's own wish.
      if (!link || !term || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      setShown({ term, link });
    };
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, []);
  if (shown === null) return null;
  const { term, link } = shown;
  return (
    <Popover
      className="popover term-popover"
      triggerRef={{ current: link }}
      placement="bottom start"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) setShown(null);
      }}
    >
      <Dialog className="term-card" aria-label={term.name}>
        <p className="term-name">{term.name}</p>
        <MarkedText text={term.definition} className="prose" />
        <div className="code">
          <CodeStill source={term.code} />
        </div>
        <a href={addressOf(term)} target="_blank" rel="noreferrer">
          Run it in the glossary
        </a>
      </Dialog>
    </Popover>
  );
}
