import { boundsOf, type Point, type Rectangle, type Size } from "../board/geometry.ts";
import type { NoteId, ThemeId } from "../board/ids.ts";
import type { Note } from "../board/note.ts";
import type { ZoneId } from "../board/placement.ts";
import { compareByAge, highlightsOf, type Theme } from "../board/readBoard.ts";
import type { Voting } from "../board/voting.ts";
import { type Focus, type Language, type Template, type Zone, zoneOf } from "../template/template.ts";
import { growthOf } from "./growth.ts";
import { createNoteLayouts } from "./noteLayout.ts";
import { noteMarks } from "./notePicture.ts";
import { outset } from "./outset.ts";
import { filledPath, type GroupMark, type Mark, type Picture, roundedRectangle } from "./picture.ts";
import { type Band, frameWidth, headerBand, legendBand } from "./pictureFrame.ts";
import { drawableText, evenLines, lineOfWords } from "./pictureText.ts";
import { dateWords, noteCountWords } from "./pictureWords.ts";
import { surelyUnder } from "./signPlaces.ts";
import type { Hyphenate } from "./textLayout.ts";
import { measureText } from "./textMeasure.ts";
import { themeMarks } from "./themePicture.ts";

/** The whole board, or one zone with the notes that lie in it. */
export type PictureView = "board" | ZoneId;

export type PictureInput = {
  /** In any order; removed and withdrawn ones are left out here. */
  readonly notes: Iterable<Note>;
  readonly themes: ReadonlyMap<ThemeId, Pick<Theme, "id" | "title">>;
  readonly voting: Voting | null;
  readonly template: Template;
  readonly focus: Focus;
  /** Of the words that the picture adds. */
  readonly language: Language;
  /** In which the notes are written: their words are broken by its rules. */
  readonly noteLanguage: Language;
  readonly groupName: string;
  readonly workshopTitle: string;
  /** ISO. */
  readonly date: string;
  readonly view: PictureView;
  /** How many notes their writers keep out of it. */
  readonly leftOut: number;
  /** Width through height of the whole picture; null: as the board is. */
  readonly aspect: number | null;
};

/**
 * The same input gives the same picture on every machine: no clock, no locale, no font of the device. Words are broken by
 * `hyphenate`, which is of the language of the notes.
 */
export function boardPicture(input: PictureInput, hyphenate: Hyphenate): Picture {
  const { template, focus, language, view } = input;
  const { layoutOf } = createNoteLayouts(template.noteSize, measureText, hyphenate);
  const present = [...input.notes].filter((note) => note.removed === null && !note.withdrawn);
  const all = present
    .filter((note) => view === "board" || note.placement.zone === view)
    .map((note) => ({ ...note, text: drawableText(note.text) }))
    .sort(compareByAge);
  const highlights = new Set<NoteId>(highlightsOf(all));
  // While a round is open nobody knows what others gave.
  const dotsOf = (note: Note) => (input.voting?.phase === "open" ? 0 : note.votes);
  const placeOf = (note: Note): Rectangle => ({
    x: note.placement.x,
    y: note.placement.y,
    width: template.noteSize.width,
    height: layoutOf(note.text).noteHeight,
  });

  const themes = [...input.themes.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, title }) =>
      themeMarks({
        title: drawableText(title),
        notes: all.filter((note) => note.theme === id).map(placeOf),
        size: template.noteSize,
      }),
    )
    .filter((theme) => theme !== null);
  // A little within its edges, so that notes which only touch hide nothing.
  const places = all.map((note) => outset(placeOf(note), -surelyUnder));
  const notes = all.map((note, index) =>
    noteMarks(note, {
      size: template.noteSize,
      style: zoneOf(template, note.placement.zone).noteStyle,
      layout: layoutOf(note.text),
      dots: dotsOf(note),
      isHighlighted: highlights.has(note.id),
      isCovered: (place) => places.some((above, other) => other > index && isWithin(place, above)),
    }),
  );
  const content = atLeast(
    unionOf([
      ...all.map((note) => outset(placeOf(note), 60)),
      ...themes.map(({ bounds }) => outset(bounds, 30)),
      ...groundOf(view, template, all.length),
    ]),
    closest,
  );

  const zoneTitle = view === "board" ? null : zoneOf(template, view).title[language];
  const groupName = drawableText(input.groupName);
  const heading = zoneTitle === null ? groupName : `${groupName}: ${zoneTitle}`;
  const words = template.focuses[focus];
  const about = `${words.title[language]} · ${words.about[language]}`;
  const header = headerBand({
    heading,
    lead: view === "board" ? about : words.questions[view][language],
    workshopTitle: drawableText(input.workshopTitle),
    date: dateWords(input.date, language),
    hyphenate,
  });
  const legend = legendBand({
    notes: all,
    template,
    language,
    hasHighlights: highlights.size > 0,
    hasDots: all.some((note) => dotsOf(note) > 0),
    hasThemes: themes.length > 0,
    leftOut: input.leftOut,
  });
  const plates = template.zones
    .filter(({ id }) => id !== "unplaced" && (view === "board" || view === id))
    .filter(({ id }) => all.every((note) => note.placement.zone !== id))
    .flatMap((zone) => plateMarks(zone, words.questions[zone.id][language], language));

  const framed = frame(content, { header, legend, aspect: input.aspect });
  return {
    area: framed.area,
    title: heading,
    description: [about, noteCountWords(all.length, language), dateWords(input.date, language)].join(". "),
    language,
    focus,
    growth: growthOf({ notesByZone: byZone(present), voting: input.voting }),
    marks: [
      ...plates,
      ...themes.map(({ outline }) => outline),
      ...notes.map(({ sheet }) => sheet),
      ...notes.flatMap(({ signs }) => (signs.marks.length === 0 ? [] : [signs])),
      ...themes.flatMap(({ title }) => title),
      ...framed.bands,
    ],
  };
}

function byZone(notes: readonly Note[]): Readonly<Record<ZoneId, readonly Note[]>> {
  const inZone = (zone: ZoneId) => notes.filter(({ placement }) => placement.zone === zone);
  return {
    roots: inZone("roots"),
    wateringCan: inZone("wateringCan"),
    fruits: inZone("fruits"),
    unplaced: inZone("unplaced"),
  };
}

/** Nearer than this notes are too large to look at together. */
const closest = { width: 1400, height: 760 };

/** What is to be seen even without notes; with them, a zone is as near as they allow. */
function groundOf(view: PictureView, template: Template, noteCount: number): readonly Rectangle[] {
  if (view === "board") return [{ x: 0, y: 0, ...template.world }];
  if (noteCount > 0) return [];
  return [boundsOf(zoneOf(template, view).outline)];
}

/** An empty zone asks its question in its own place, as on the screen. */
function plateMarks(zone: Zone, question: string, language: Language): readonly Mark[] {
  const [titleSize, questionSize, lineHeight] = [68, 50, 62];
  const room = Math.min(boundsOf(zone.outline).width - 200, 900);
  const lines = evenLines(question, (room * 100) / questionSize);
  const widest = Math.max(...lines.map((line) => (measureText(line) * questionSize) / 100));
  const width = widest + 120;
  const height = 146 + lines.length * lineHeight;
  const { x, y } = zone.anchor;
  const top = y - height / 2;
  const word = (text: string, middle: number, fontSize: number) =>
    lineOfWords(text, { x, middle, fontSize, anchor: "middle", fill: "#2b2118" });
  return [
    filledPath(roundedRectangle({ x: x - width / 2, y: top, width, height }, 36), "#fffdf7", 0.84),
    word(zone.title[language], top + 74, titleSize),
    ...lines.map((line, index) => word(line, top + 148 + index * lineHeight, questionSize)),
  ];
}

type Frame = { readonly header: Band; readonly legend: Band; readonly aspect: number | null };

/** Room for the bands above and below, and as much more of the landscape as a page has room for. */
function frame(
  content: Rectangle,
  { header, legend, aspect }: Frame,
): { readonly area: Rectangle; readonly bands: readonly Mark[] } {
  const share = (header.height + legend.height) / frameWidth;
  const seen = aspect === null ? content : widened(content, aspect, share);
  const scale = seen.width / frameWidth;
  const top = seen.y - header.height * scale;
  const height = seen.height + (header.height + legend.height) * scale;
  const placed = (band: Band, y: number): GroupMark => ({
    kind: "group",
    role: "band",
    label: "",
    matrix: [scale, 0, 0, scale, seen.x, y],
    marks: band.marks,
  });
  return {
    area: { x: seen.x, y: top, width: seen.width, height },
    bands: [placed(header, top), placed(legend, seen.y + seen.height)],
  };
}

function widened(content: Rectangle, aspect: number, share: number): Rectangle {
  const { x, y, width, height } = content;
  const wide = (aspect * height) / Math.max(0.2, 1 - aspect * share);
  if (wide >= width) return { x: x - (wide - width) / 2, y, width: wide, height };
  const high = width / aspect - share * width;
  return { x, y: y - (high - height) / 2, width, height: high };
}

function isWithin({ x, y }: Point, area: Rectangle): boolean {
  return x > area.x && y > area.y && x < area.x + area.width && y < area.y + area.height;
}

/** The same middle, and at least so large. */
function atLeast({ x, y, width, height }: Rectangle, size: Size): Rectangle {
  const grown = { width: Math.max(width, size.width), height: Math.max(height, size.height) };
  return { x: x - (grown.width - width) / 2, y: y - (grown.height - height) / 2, ...grown };
}

function unionOf(rectangles: readonly Rectangle[]): Rectangle {
  const left = Math.min(...rectangles.map(({ x }) => x));
  const top = Math.min(...rectangles.map(({ y }) => y));
  const right = Math.max(...rectangles.map(({ x, width }) => x + width));
  const bottom = Math.max(...rectangles.map(({ y, height }) => y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
