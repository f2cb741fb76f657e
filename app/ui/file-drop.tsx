/** Lets files be dropped anywhere on what it wraps. */
import { type ReactNode, useState } from "react";

interface Props {
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

export function FileDrop({ onFiles, children }: Props) {
  const [over, setOver] = useState(false);
  const hasFile = (event: React.DragEvent) => event.dataTransfer.types.includes("Files");
  return (
    <div
      className="drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        const files = Array.from(event.dataTransfer.files);
        if (files.length === 0) return;
        event.preventDefault();
        onFiles(files);
      }}
    >
      {children}
    </div>
  );
}
