import { lazy, Suspense } from "react";
import type { JoinBoard } from "../../shared/workshop/api.ts";
import type { BoardModel } from "../model/boardModel.ts";

const ShareSheet = lazy(async () => ({ default: (await import("../controls/ShareSheet.tsx")).ShareSheet }));
const BinSheet = lazy(async () => ({ default: (await import("../controls/BinSheet.tsx")).BinSheet }));
const PeopleSheet = lazy(async () => ({
  default: (await import("../controls/PeopleSheet.tsx")).PeopleSheet,
}));

export type OpenSheet = "people" | "bin" | "share";

export type BoardSheetsProps = {
  readonly model: BoardModel;
  readonly sheet: OpenSheet | null;
  readonly onClose: () => void;
  /** The link to hand on; `null` while it is not known. */
  readonly link: string | null;
  readonly onChangeMe: (facts: JoinBoard) => Promise<string | null>;
};

/** One sheet of paper at a time over the board. */
export function BoardSheets({ model, sheet, onClose, link, onChangeMe }: BoardSheetsProps) {
  return (
    <Suspense>
      {sheet === "people" && <PeopleSheet model={model} onChangeMe={onChangeMe} isOpen onClose={onClose} />}
      {sheet === "bin" && <BinSheet model={model} isOpen onClose={onClose} />}
      {sheet === "share" && link !== null && (
        <ShareSheet model={model} link={link} isOpen onClose={onClose} />
      )}
    </Suspense>
  );
}
