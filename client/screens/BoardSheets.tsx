import { lazy, Suspense } from "react";
import type { Language } from "../../shared/template/template.ts";
import type { JoinBoard } from "../../shared/workshop/api.ts";
import { withLaterWords } from "../i18n/i18n.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { HeldKeys } from "../ui/HeldKeys.tsx";

const ShareSheet = lazy(
  withLaterWords(async () => ({ default: (await import("../controls/ShareSheet.tsx")).ShareSheet })),
);
const BinSheet = lazy(async () => ({ default: (await import("../controls/BinSheet.tsx")).BinSheet }));
const PeopleSheet = lazy(async () => ({
  default: (await import("../controls/PeopleSheet.tsx")).PeopleSheet,
}));

const loadDownloads = withLaterWords(() => import("../controls/DownloadSheet.tsx"));
const DownloadSheet = lazy(async () => ({ default: (await loadDownloads()).DownloadSheet }));

/** Brings what saves and prints into the browser's cache; the drawing only where it is shown already. */
export function prefetchDownloads(of: "tree" | "list"): void {
  loadDownloads().then(
    ({ prefetchPictures }) => of === "tree" && prefetchPictures(),
    // Without a connection nothing comes, and nothing is asked for.
    () => undefined,
  );
}

export type OpenSheet = "people" | "bin" | "share" | "download";

export type BoardSheetsProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly sheet: OpenSheet | null;
  readonly onClose: () => void;
  /** The link to hand on; `null` while it is not known. */
  readonly link: string | null;
  readonly onChangeMe: (facts: JoinBoard) => Promise<string | null>;
};

/** One sheet of paper at a time over the board. */
export function BoardSheets({ model, language, sheet, onClose, link, onChangeMe }: BoardSheetsProps) {
  return (
    <Suspense fallback={<HeldKeys onEscape={onClose} />}>
      {sheet === "people" && <PeopleSheet model={model} onChangeMe={onChangeMe} isOpen onClose={onClose} />}
      {sheet === "bin" && <BinSheet model={model} isOpen onClose={onClose} />}
      {sheet === "download" && <DownloadSheet model={model} language={language} isOpen onClose={onClose} />}
      {sheet === "share" && link !== null && (
        <ShareSheet model={model} link={link} isOpen onClose={onClose} />
      )}
    </Suspense>
  );
}
