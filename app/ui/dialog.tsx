/** Questions and lists that stand above the page. Focus is kept inside and given back by react-aria. */
import type { ReactNode } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /**
   * What the question offers to do; without it there is only Close. An answer that Enter must not
   * give by mistake is `careful`: the focus is on Cancel.
   */
  readonly action?: {
    readonly label: string;
    readonly run: () => void;
    readonly careful?: boolean;
  };
}

export function QuestionDialog({ title, onClose, children, action }: Props) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="modal">
        <Dialog className="dialog" role={action ? "alertdialog" : "dialog"}>
          <Heading slot="title">{title}</Heading>
          {children}
          <div className="dialog-actions">
            <Button className="button" autoFocus={action?.careful === true} onPress={onClose}>
              {action ? "Cancel" : "Close"}
            </Button>
            {action && (
              <Button
                className="button primary"
                autoFocus={action.careful !== true}
                onPress={() => {
                  onClose();
                  action.run();
                }}
              >
                {action.label}
              </Button>
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A dialog without a visible title or an answer: Escape or a press outside ends it. */
export function BareDialog({
  label,
  onClose,
  children,
}: Pick<Props, "onClose" | "children"> & { readonly label: string }) {
  return (
    <ModalOverlay
      className="overlay high"
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="modal">
        <Dialog className="dialog bare" aria-label={label}>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** For a control that goes with what it removes: Escape must still find the focus in the dialog. */
export function keepFocusInDialog(control: HTMLElement): void {
  control.closest<HTMLElement>("[role=dialog]")?.focus();
}
