/**
 * What a reader can do with a cell that trains, while it runs and after: begin again, look at recorded
 * steps and go on from there, set the pace.
 */
import type { CellId } from "../../kernel/protocol.ts";
import { Icon } from "./icons.tsx";
import { isNewest, paces, placeOfStep, recordedWords } from "./recorded-steps.ts";
import { useNotebook, useSession } from "./session-context.ts";
import { runOf } from "./store.ts";

export function TrainingRow({ id }: { readonly id: CellId }) {
  const session = useSession();
  const isShown = useNotebook(
    (state) => state.runs.trained.has(id) && runOf(state, id).record !== null,
  );
  const pace = useNotebook((state) => state.paces.get(id) ?? null);
  const isGone = useNotebook((state) => state.recordings.get(id)?.isGone === true);
  if (!isShown)
    return isGone ? (
      <p className="training-row">
        The recorded steps ended with their kernel. A run of this cell records new ones.
      </p>
    ) : null;
  return (
    <div className="training-row" role="group" aria-label="Training of this cell">
      <button
        type="button"
        className="quiet"
        title="Runs the cell again with the parameters and random numbers it began with"
        onClick={() => session.sameStart(id)}
      >
        <Icon name="rewind" />
        Same start
      </button>
      <button
        type="button"
        className="quiet"
        title="The same with other random numbers"
        onClick={() => session.newSeed(id)}
      >
        <Icon name="seed" />
        New seed
      </button>
      <label>
        Speed{" "}
        <select
          value={pace ?? ""}
          onChange={({ currentTarget: { value } }) =>
            session.setPace(id, value === "" ? null : Number(value))
          }
        >
          <option value="">full</option>
          {paces.map((perSecond) => (
            <option key={perSecond} value={perSecond}>
              {perSecond === 1 ? "1 step a second" : `${perSecond} steps a second`}
            </option>
          ))}
        </select>
      </label>
      <RecordedSteps id={id} />
    </div>
  );
}

function RecordedSteps({ id }: { readonly id: CellId }) {
  const session = useSession();
  const recording = useNotebook((state) => state.recordings.get(id));
  const isPaused = useNotebook((state) => runOf(state, id).pause !== null);
  const isRunning = useNotebook((state) => runOf(state, id).state === "running");
  if (recording === undefined || recording.steps.length < 2) return null;
  const { steps, shown } = recording;
  const place = placeOfStep(recording);
  const words = recordedWords(recording);
  return (
    <div className="recorded-steps">
      <input
        type="range"
        aria-label="Recorded step"
        aria-valuetext={words}
        min={0}
        max={steps.length - 1}
        value={place}
        onChange={({ currentTarget }) => {
          const step = steps[Number(currentTarget.value)];
          if (step !== undefined) session.lookAt(id, step);
        }}
      />
      <span className="recorded-words">{words}</span>
      {shown !== null && !isNewest(recording) && (isPaused || !isRunning) && (
        <button type="button" className="quiet" onClick={() => session.goOnFrom(id, shown)}>
          <Icon name="run" />
          {`Go on from step ${shown.toLocaleString("en")}`}
        </button>
      )}
    </div>
  );
}
