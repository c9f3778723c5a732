import type { BoardId } from "../board/ids.ts";
import type { Language } from "../template/template.ts";
import type { WorkshopState } from "../workshop/workshop.ts";
import type { PictureInput } from "./boardPicture.ts";

export type GroupInPicture = Pick<
  PictureInput,
  "focus" | "noteLanguage" | "groupName" | "workshopTitle" | "date"
>;

/** What a picture says about whose board it is: the same on the server and in every browser. */
export function groupInPicture(
  { workshop, groups }: Pick<WorkshopState, "workshop" | "groups">,
  boardId: BoardId,
): GroupInPicture & { readonly language: Language } {
  const group = groups.find((candidate) => candidate.boardId === boardId);
  if (group === undefined) throw new Error(`no group has board ${boardId}`);
  return {
    focus: group.focus,
    language: workshop.language,
    noteLanguage: workshop.language,
    groupName: group.name,
    workshopTitle: workshop.title,
    // A workshop without a date was held about when it was made: a picture without any date says too little.
    date: workshop.date ?? workshop.createdAt,
  };
}
