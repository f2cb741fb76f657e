/** Where the learner left off an earlier time: the page opens here, and offers to get the kernel here too. */
import { useEffect, useRef } from "react";
import { useSession } from "../session-context.ts";

export function ResumeLine() {
  const session = useSession();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    line.current?.scrollIntoView({ block: "start" });
  }, []);
  return (
    <div ref={line} className="resume" role="status">
      <p>You left off here.</p>
      <button type="button" className="quiet" onClick={() => session.runAboveResume()}>
        Run the cells above
      </button>
      <button
        type="button"
        className="quiet"
        onClick={() => {
          session.forgetResume();
          scrollTo(0, 0);
        }}
      >
        From the top
      </button>
    </div>
  );
}
