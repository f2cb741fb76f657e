/** Random notebooks and edits that fit them, for the property tests of document and formats. */
import * as fc from "fast-check";
import { applyEdit, type Edit } from "../../../app/notebook/edits.ts";
import type { Cell, Json, Metadata, Notebook } from "../../../app/notebook/document.ts";
import type { CellId } from "../../../kernel/protocol.ts";

export const anyId: fc.Arbitrary<CellId> = fc
  .stringMatching(/^[a-z0-9_-]{1,6}$/)
  .map((id) => id as CellId);

/** Metadata under names that mean nothing to nbformat or to us. */
export const anyMetadata: fc.Arbitrary<Metadata> = fc.dictionary(
  fc.stringMatching(/^my_[a-z]{1,4}$/),
  // JSON has no -0.
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as Json),
  { maxKeys: 3 },
);

/** Text with the lines that formats find hard among the ordinary ones. */
export const anySource: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom("", "const x = 1;", "// %% not a cell", "// \\%% nor this", "%% text", "---"),
      fc.constantFrom("// # words", "  indented", "// ---", "é ☃ 😀", "`${a}\\n`", "//", "*/"),
      fc.string({ maxLength: 12 }).map((text) => text.replace(/[\n\r]/g, "")),
    ),
    { maxLength: 6 },
  )
  .map((lines) => lines.join("\n"));

export function anyCell(id: CellId): fc.Arbitrary<Cell> {
  return fc
    .record({
      type: fc.constantFrom("code" as const, "markdown" as const, "raw" as const),
      source: anySource,
      metadata: anyMetadata,
      tags: fc.uniqueArray(fc.constantFrom("setup", "exercise", "check", "a b"), { maxLength: 2 }),
    })
    .map(({ type, source, metadata, tags }) => ({
      id,
      type,
      source,
      metadata: tags.length > 0 ? { ...metadata, tags } : metadata,
    }));
}

export const anyNotebook: fc.Arbitrary<Notebook> = fc
  .uniqueArray(anyId, { maxLength: 6 })
  .chain((ids) => fc.record({ cells: fc.tuple(...ids.map(anyCell)), metadata: anyMetadata }));

/** An edit that fits this notebook. New cells have upper-case ids, which no notebook above has. */
export function anyEdit(notebook: Notebook): fc.Arbitrary<Edit> {
  const ids = notebook.cells.map((cell) => cell.id);
  const fresh = fc
    .uniqueArray(fc.stringMatching(/^[A-Z]{3}$/), { minLength: 1, maxLength: 3 })
    .chain((names) => fc.tuple(...names.map((name) => anyCell(name as CellId))))
    .filter((cells) => cells.every((cell) => !ids.includes(cell.id)));
  const insert = fc.tuple(fresh, fc.constantFrom(null, ...ids)).map(([cells, after]): Edit => ({
    kind: "insert-cells",
    places: cells.map((cell, index) => ({ cell, after: cells[index - 1]?.id ?? after })),
  }));
  const metadata = anyMetadata.map((value): Edit => ({
    kind: "set-notebook-metadata",
    metadata: value,
  }));
  if (ids.length === 0) return fc.oneof(insert, metadata);
  const one = fc.constantFrom(...ids);
  const some = fc.shuffledSubarray(ids, { minLength: 1 });
  const move = some.chain((moved) => {
    const staying = ids.filter((id) => !moved.includes(id));
    return fc.constantFrom(null, ...staying).map((after): Edit => ({
      kind: "move-cells",
      places: moved.map((cell, index) => ({ cell, after: moved[index - 1] ?? after })),
    }));
  });
  const run = fc
    .tuple(fc.nat(ids.length - 1), fc.integer({ min: 1, max: 3 }))
    .map(([start, length]) => ids.slice(start, start + length));
  return fc.oneof(
    insert,
    metadata,
    move,
    some.map((cells): Edit => ({ kind: "delete-cells", cells })),
    fc.tuple(run, fresh, fc.boolean()).map(([cells, by, keep]): Edit => {
      const first = notebook.cells.find((cell) => cell.id === cells[0]);
      return {
        kind: "replace-cells",
        cells,
        by: keep && first ? [{ ...first, source: "kept" }, ...by] : by,
      };
    }),
    fc.tuple(one, anySource).map(([cell, source]): Edit => ({ kind: "set-source", cell, source })),
    fc
      .tuple(one, fc.constantFrom("code" as const, "markdown" as const, "raw" as const))
      .map(([cell, type]): Edit => ({ kind: "set-type", cell, type })),
    fc
      .tuple(one, anyMetadata)
      .map(([cell, value]): Edit => ({ kind: "set-metadata", cell, metadata: value })),
  );
}

/** A notebook and edits that fit one after the other. */
export const anyEditing: fc.Arbitrary<{ notebook: Notebook; edits: readonly Edit[] }> =
  anyNotebook.chain((notebook) => fc.nat(6).chain((count) => grow(notebook, notebook, [], count)));

function grow(
  start: Notebook,
  now: Notebook,
  edits: readonly Edit[],
  left: number,
): fc.Arbitrary<{ notebook: Notebook; edits: readonly Edit[] }> {
  if (left === 0) return fc.constant({ notebook: start, edits });
  return anyEdit(now).chain((edit) =>
    grow(start, applyEdit(now, edit).notebook, [...edits, edit], left - 1),
  );
}
