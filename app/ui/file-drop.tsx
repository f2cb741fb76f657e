/** Lets a notebook file be dropped anywhere on what it wraps. */
import { type ReactNode, useState } from "react";

interface Props {
  readonly onFile: (file: File) => void;
  readonly children: ReactNode;
}

export function FileDrop({ onFile, children }: Props) {
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
        const file = event.dataTransfer.files[0];
        if (!file) return;
        event.preventDefault();
        onFile(file);
      }}
    >
      {children}
    </div>
  );
}
