import type { BoardId } from "../../shared/board/ids.ts";
import type { PrivacyLevel } from "../../shared/export/boardExport.ts";
import type { ImportedParticipant, ParseExportError } from "../../shared/export/fromJson.ts";
import type { PictureInput } from "../../shared/render/boardPicture.ts";
import type { Result } from "../../shared/result.ts";
import type { Focus, Language } from "../../shared/template/template.ts";
import type { BoardImported } from "../../shared/workshop/api.ts";
import type { Role, WorkshopState } from "../../shared/workshop/workshop.ts";

/** One board, and who may know what of it. */
export type ExportQuestion = {
  /** The document as it is kept: a snapshot, updates or both, oldest first. */
  readonly stored: readonly Uint8Array[];
  readonly boardId: BoardId;
  readonly state: Pick<WorkshopState, "workshop" | "groups" | "participants">;
  /** Whether the caller may have names is decided before. */
  readonly privacy: PrivacyLevel;
};

export type JsonQuestion = ExportQuestion & {
  /** Milliseconds. */
  readonly exportedAt: number;
  readonly exportedBy: Role;
};

export type PictureQuestion = ExportQuestion &
  Pick<PictureInput, "view"> & {
    /** Of the words around the board; null: the language of the workshop. */
    readonly language: Language | null;
  };

/** What an uploaded export becomes. */
export type Upload = {
  /** The board, as one update of an empty document. */
  readonly update: Uint8Array;
  readonly participants: readonly ImportedParticipant[];
  readonly title: string;
  readonly focus: Focus;
  readonly report: BoardImported["report"];
};

/**
 * Writes exports of boards and reads them. It takes up to seconds for large ones or hostile ones, so that the real one
 * has a thread to itself: meanwhile nobody's cursor may stand still.
 */
export type Exporter = {
  readonly json: (question: JsonQuestion) => Promise<string>;
  readonly svg: (question: PictureQuestion) => Promise<string>;
  /** Reads any bytes at all; never rejects because of them. */
  readonly read: (file: Uint8Array) => Promise<Result<Upload, ParseExportError>>;
  readonly close: () => Promise<void>;
};
