/** The renderers that come when they are first needed, fetched before: a lesson goes on without a connection. */

/** Fetches their code and their workers'. What does not come is asked for again when it is needed. */
export async function fetchRenderers(): Promise<void> {
  await Promise.allSettled([
    import("./table/data-table.ts"),
    import("./confusion/confusion.ts"),
    import("./sound/player.ts"),
    import("./tensor-line.ts"),
    import("./figure-point.ts"),
    import("./diagram/diagram.ts"),
    import("./diagram/layouts.ts").then(({ layoutWorker }) => layoutWorker.fetch()),
    import("./projector/projector.ts"),
    import("./projector/layouts.ts").then(({ projectorWorker }) => projectorWorker.fetch()),
  ]);
}
