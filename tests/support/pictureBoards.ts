import { type NoteId, noteIdSchema, type ThemeId, themeIdSchema } from "../../shared/board/ids.ts";
import type { Note, Voice } from "../../shared/board/note.ts";
import { readBoard, type Theme } from "../../shared/board/readBoard.ts";
import { gatherSpots } from "../../shared/board/themeLayout.ts";
import type { PictureInput } from "../../shared/render/boardPicture.ts";
import type { Focus } from "../../shared/template/template.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import { createDoornDoc } from "./exportBoards.ts";

/** A tree of Doorn as it is at the end of an evening: voices, a theme, dots, highlights, a drawing. */
export function createPictureInput(focus: Focus, changes: Partial<PictureInput> = {}): PictureInput {
  return {
    notes: doornNotes(focus),
    themes: new Map(),
    voting: null,
    template: treeTemplate,
    focus,
    language: "nl",
    noteLanguage: "nl",
    groupName: "Groep 1",
    workshopTitle: "Onderzoekswerkplaats Doorn",
    date: "2025-10-09",
    view: "board",
    leftOut: 0,
    aspect: null,
    ...changes,
  };
}

export function doornNotes(focus: Focus): readonly Note[] {
  return [...readBoard(createDoornDoc(focus)).notes.values()];
}

/** The same tree after a good evening. */
export function createBusyInput(focus: Focus, changes: Partial<PictureInput> = {}): PictureInput {
  const voices: readonly Voice[] = ["formal", "informal", "both", "unspecified"];
  const theme: Theme = {
    id: themeIdOf("theme00000000001"),
    title: "Elkaar kennen en vertrouwen",
    createdAt: 1,
  };
  const notes = doornNotes(focus).map((note, index) => ({
    ...note,
    voice: voices[index % voices.length] ?? note.voice,
    votes: index % 5 === 0 ? (index % 3) * 4 + 2 : 0,
    highlight: index % 9 === 2 ? { at: index } : null,
  }));
  return createPictureInput(focus, {
    notes: [...inTheme(notes, theme.id), drawnNote(), arabicNote(), longNote()],
    themes: new Map([[theme.id, theme]]),
    voting: { dots: 3, phase: "shown" },
    ...changes,
  });
}

function inTheme(notes: readonly Note[], theme: ThemeId): readonly Note[] {
  const members = notes.filter((note) => note.placement.zone === "roots").slice(0, 3);
  const [first, ...rest] = members;
  if (first === undefined) return notes;
  const others = notes.filter((note) => !members.includes(note)).map(({ placement }) => placement);
  const spots = gatherSpots(first.placement, rest.length, [first.placement, ...others], treeTemplate);
  return notes.map((note) => {
    const place = note === first ? first.placement : spots[rest.indexOf(note)];
    return place === undefined ? note : { ...note, placement: place, theme };
  });
}

export function createNote(id: string, changes: Partial<Note> = {}): Note {
  return {
    id: noteIdOf(id),
    text: "",
    placement: { zone: "unplaced", x: 60, y: 60 },
    voice: "unspecified",
    author: null,
    enteredBy: null,
    source: "screen",
    createdAt: 9_000_000_000_000,
    updatedAt: 9_000_000_000_000,
    revision: 1,
    editors: [],
    colour: null,
    theme: null,
    placeBefore: null,
    drawing: null,
    highlight: null,
    votes: 0,
    removed: null,
    withdrawn: false,
    ...changes,
  };
}

const drawnNote = () =>
  createNote("drawn00000000001", {
    drawing: [
      [60, 150, 60, 90, 110, 50, 160, 90, 160, 150, 60, 150],
      [230, 60, 200, 90, 230, 120, 260, 90, 230, 60],
      [230, 120, 230, 170],
    ],
    voice: "informal",
  });
const arabicNote = () =>
  createNote("arabic0000000001", {
    text: "الثقة بين العائلات والمدرسة.",
    placement: { zone: "unplaced", x: 420, y: 60 },
  });
const longNote = () =>
  createNote("long000000000001", {
    text: "Iemand van de gemeente komt elke maand langs bij de moedergroep, luistert eerst, schrijft op wat er nodig is en vertelt de keer daarna wat ermee is gedaan. Zo weten mensen dat het zin heeft om iets te zeggen.",
    placement: { zone: "unplaced", x: 60, y: 300 },
  });

function noteIdOf(id: string): NoteId {
  return noteIdSchema.parse(id);
}

function themeIdOf(id: string): ThemeId {
  return themeIdSchema.parse(id);
}
