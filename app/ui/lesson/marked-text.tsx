/** A few words of Markdown inside a question, a hint or a definition. */
import { useLayoutEffect, useRef } from "react";
import { renderMarkdown } from "../../outputs/markdown.ts";

interface Props {
  readonly text: string;
  readonly className?: string;
}

export function MarkedText({ text, className }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    ref.current?.replaceChildren(renderMarkdown(text));
  }, [text]);
  return <div ref={ref} className={className} />;
}
