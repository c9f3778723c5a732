import { notesOf, noteTextOf, themesOf } from "../../shared/board/boardDocument.ts";
import {
  type NoteId,
  noteIdSchema,
  participantIdSchema,
  type ThemeId,
  themeIdSchema,
} from "../../shared/board/ids.ts";
import { voices } from "../../shared/board/note.ts";
import { type Placement, zoneIds } from "../../shared/board/placement.ts";
import { assertNever } from "../../shared/result.ts";
import type { Device } from "./device.ts";
import type { Random } from "./random.ts";
import type { Tally } from "./tally.ts";
import { people } from "./workshop.ts";

const kinds = [
  { value: "add", weight: 30 },
  { value: "splice", weight: 22 },
  { value: "reword", weight: 8 },
  { value: "place", weight: 12 },
  { value: "voice", weight: 4 },
  { value: "remove", weight: 9 },
  { value: "restore", weight: 5 },
  { value: "vote", weight: 8 },
  { value: "clear", weight: 1 },
  { value: "placeMany", weight: 3 },
  { value: "draw", weight: 2 },
  { value: "theme", weight: 3 },
  { value: "join", weight: 2 },
  { value: "leave", weight: 2 },
  { value: "dissolve", weight: 1 },
  { value: "highlight", weight: 2 },
  { value: "unhighlight", weight: 1 },
  { value: "round", weight: 2 },
] as const;

const words = ["respect", "vertrouwen", "tijd", "één plek", "samen 🌳", "العربية", "koffie\nen thee", ""];

/** One thing that somebody does on their board, with or without a connection. */
export function editSomething(device: Device, random: Random, tally: Tally): void {
  const writer = device.writer();
  const doc = device.doc();
  const ids = [...notesOf(doc).keys()];
  const kind = ids.length === 0 ? "add" : random.pickWeighted(kinds);
  tally.count("edits");
  if (kind === "add") {
    tally.count("notes");
    writer.addNote({
      text: random.pick(words),
      placement: somewhere(random),
      source: random.pick(["screen", "phone", "remote"]),
      voice: random.pick(voices),
    });
    return;
  }
  const id = noteIdSchema.parse(random.pick(ids));
  switch (kind) {
    case "splice":
      spliceSomething(device, id, random);
      break;
    case "reword":
      writer.rewordNote(id, `${random.pick(words)} ${random.pick(words)}`);
      break;
    case "place":
      writer.placeNote(id, somewhere(random));
      break;
    case "voice":
      writer.markVoice(id, random.pick(voices));
      break;
    case "remove":
      tally.count("removals");
      writer.removeNote(id);
      break;
    case "restore":
      writer.restoreNote(id);
      break;
    case "vote":
      writer.vote(id, participantIdSchema.parse(random.pick(people).toLowerCase()), random.below(4));
      break;
    case "clear":
      tally.count("removals");
      writer.removeNotes(ids.map((each) => noteIdSchema.parse(each)));
      break;
    case "placeMany":
      writer.placeNotes(someOf(ids, random).map((note) => ({ note, placement: somewhere(random) })));
      break;
    case "draw":
      tally.count("notes");
      writer.addNote({
        text: "",
        drawing: [Array.from({ length: 2 * (1 + random.below(9)) }, () => random.below(300))],
        placement: somewhere(random),
        source: "phone",
        voice: "unspecified",
      });
      break;
    case "theme": {
      tally.count("themes");
      const theme = themeIdSchema.parse(`theme${random.below(1_000_000)}`);
      const members = someOf(ids, random).map((note) => ({ note, placement: somewhere(random) }));
      writer.addTheme(theme, random.pick(words), members);
      break;
    }
    case "join":
      writer.placeNotes([{ note: id, placement: somewhere(random), theme: themeOf(device, random) }]);
      break;
    case "leave":
      writer.leaveTheme(someOf(ids, random));
      break;
    case "dissolve": {
      const theme = themeOf(device, random);
      if (theme !== null) writer.dissolveTheme(theme);
      break;
    }
    case "highlight":
      tally.count("highlights");
      writer.highlightNote(id);
      break;
    case "unhighlight":
      writer.unhighlightNote(id);
      break;
    case "round":
      tally.count("rounds");
      writer.setVoting(
        random.pick([
          { dots: 1 + random.below(5), phase: "open" },
          { dots: 1 + random.below(5), phase: "shown" },
          null,
        ]),
      );
      break;
    default:
      assertNever(kind);
  }
}

function spliceSomething(device: Device, id: NoteId, random: Random): void {
  const length = noteTextOf(device.doc(), id)?.length ?? 0;
  const index = random.below(length + 1);
  device.writer().spliceText(id, {
    index,
    deleteCount: random.below(Math.min(4, length - index + 1)),
    insert: random.pick(words),
  });
}

function someOf(ids: readonly string[], random: Random): readonly NoteId[] {
  const first = random.below(ids.length);
  return ids.slice(first, first + 1 + random.below(6)).map((id) => noteIdSchema.parse(id));
}

/** Null when there is none: then a note leaves the one it is under. */
function themeOf(device: Device, random: Random): ThemeId | null {
  const themes = [...themesOf(device.doc()).keys()];
  return themes.length === 0 ? null : themeIdSchema.parse(random.pick(themes));
}

function somewhere(random: Random): Placement {
  return { zone: random.pick(zoneIds), x: random.below(3_000), y: random.below(1_600) };
}
