/** Code that is read and not written in: in the editor's colours once the editor is here. */
import { useEffect, useState } from "react";
import { useEditorModule } from "./editor-module.ts";

export function CodeStill({ source }: { readonly source: string }) {
  const module = useEditorModule();
  const [coloured, setColoured] = useState<{ source: string; html: string } | null>(null);

  useEffect(() => {
    let current = true;
    void module?.colorized(source).then((html) => {
      if (current) setColoured({ source, html });
    });
    return () => {
      current = false;
    };
  }, [module, source]);

  if (coloured?.source !== source) {
    return <pre className="code-placeholder">{source}</pre>;
  }
  // Monaco escaped the text; the markup is its own spans and line breaks.
  const html = { __html: coloured.html };
  return <pre className="code-placeholder" dangerouslySetInnerHTML={html} />;
}
