import { lazy, type ReactNode, Suspense } from "react";
import { HeldKeys } from "./HeldKeys.tsx";

// Dialogs weigh as much as the list itself: a phone fetches them when it is quiet, or when one is asked for.
const load = () => import("./SheetFrame.tsx");
const SheetFrame = lazy(async () => ({ default: (await load()).SheetFrame }));

export type SheetProps = {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A dialog on its own sheet of paper; Escape, the cross and a tap beside it close it. */
export function Sheet({ isOpen, ...frame }: SheetProps) {
  if (!isOpen) return null;
  return (
    <Suspense fallback={<HeldKeys onEscape={frame.onClose} />}>
      <SheetFrame {...frame} />
    </Suspense>
  );
}

/** Brings the dialogs into the browser's cache, so that they open without a connection; without one nothing comes. */
export function prefetchSheets(): void {
  load().catch(() => undefined);
}
