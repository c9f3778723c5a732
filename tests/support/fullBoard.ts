import { themeIdSchema } from "../../shared/board/ids.ts";
import type { Placement } from "../../shared/board/placement.ts";
import type { Voting } from "../../shared/board/voting.ts";
import { createHand, exampleStart } from "./exportBoards.ts";
import { createMixedBoard, type MixedBoard } from "./mixedBoard.ts";
import { mustWork, noteOf } from "./writers.ts";

/**
 * The mixed board with everything else that a board can have: a theme that remembers places, drawings, highlights and
 * a round of dots. Chen, who wants no part in the research, has some of all.
 */
export function createFullBoard(
  voting: Voting = { dots: 3, phase: "shown" },
): MixedBoard & { readonly placeBefore: Placement } {
  const mixed = createMixedBoard();
  const { doc, notes, alice, bob, chen, dina } = mixed;
  const hand = createHand(doc, "full", exampleStart + 300_000);
  const { writer } = hand;
  mustWork(writer.setVoting({ dots: voting.dots, phase: "open" }));
  for (const author of [alice, chen]) {
    hand.actAs(author.id);
    mustWork(
      writer.addNote({
        text: "",
        drawing: [
          [0, 0, author.code, 2_000],
          [3, 4],
        ],
        placement: { zone: "unplaced", x: 40 * author.code, y: 30 },
        source: "screen",
        voice: "unspecified",
        author: author.id,
      }),
    );
    mustWork(writer.vote(notes.byAlice, author.id, 2));
    mustWork(writer.vote(notes.byDina, author.id, 1));
  }
  const placeBefore = noteOf(doc, notes.byDina).placement;
  const around = noteOf(doc, notes.byChen).placement;
  mustWork(
    writer.addTheme(themeIdSchema.parse("mm-third"), "Wat Chen vond", [
      { note: notes.byChen, placement: around },
      { note: notes.byDina, placement: { ...around, x: around.x + 1 / 3 } },
    ]),
  );
  // The order of choosing is neither that of age nor that of ids.
  for (const [index, id] of [notes.byDina, notes.byChen, notes.byAlice].entries()) {
    hand.actAs([bob, chen, dina][index]?.id ?? null);
    mustWork(writer.highlightNote(id));
    hand.wait(10);
  }
  mustWork(writer.setVoting(voting));
  return { ...mixed, placeBefore };
}
