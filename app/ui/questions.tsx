/** The dialogs of an open notebook. */
import { CommandsDialog } from "./commands-dialog.tsx";
import { QuestionDialog } from "./dialog.tsx";
import { FilesDialog } from "./files-dialog.tsx";
import { MarkDialog } from "./mark-dialog.tsx";
import { AllowDialog, NetworkDialog } from "./network-dialogs.tsx";
import { usePlayer } from "./player-module.ts";
import { useNotebook, useSession } from "./session-context.ts";

export function Questions() {
  const session = useSession();
  const question = useNotebook((state) => state.question);
  const player = usePlayer();
  const close = () => session.ask(null);
  switch (question) {
    case null:
      return null;
    case "restart":
      return (
        <QuestionDialog
          title="Restart the kernel?"
          onClose={close}
          action={{ label: "Restart", run: () => session.restart() }}
        >
          <p>Every name and every trained model in memory is gone. Cells and outputs stay.</p>
        </QuestionDialog>
      );
    case "restart and run all":
      return (
        <QuestionDialog
          title="Restart the kernel and run all?"
          onClose={close}
          action={{ label: "Restart and run all", run: () => session.restartAndRunAll() }}
        >
          <p>Every name and every trained model in memory is gone; all cells run again.</p>
        </QuestionDialog>
      );
    case "reset lesson":
      return (
        <QuestionDialog
          title="Begin this lesson anew?"
          onClose={close}
          action={{ label: "Begin anew", run: () => void session.resetLesson(), careful: true }}
        >
          <p>
            Your version, with its outputs, is kept among your notebooks. The lesson then stands as
            it was, with a new kernel.
          </p>
        </QuestionDialog>
      );
    case "mark":
      return <MarkDialog onClose={close} />;
    case "contents":
      return player && <player.ContentsDialog onClose={close} />;
    case "files":
      return <FilesDialog onClose={close} />;
    case "trust":
      return (
        <QuestionDialog
          title="Trust this notebook?"
          onClose={close}
          action={{ label: "Trust", run: () => session.trust(), careful: true }}
        >
          <p>
            Scripts in its outputs will run, each in a frame of its own: without network, without
            reach into your other notebooks.
          </p>
          <p className="hint">
            A script can still make this page slow, and a clever one can signal to its author what
            its output shows. Trust notebooks whose author you know.
          </p>
        </QuestionDialog>
      );
    case "network":
      return <NetworkDialog onClose={close} />;
    case "commands":
      return <CommandsDialog onClose={close} />;
    default:
      return <AllowDialog origin={question.allow} onClose={close} />;
  }
}
