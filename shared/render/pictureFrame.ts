import type { Rectangle } from "../board/geometry.ts";
import type { Note } from "../board/note.ts";
import { type Language, type Template, zoneOf } from "../template/template.ts";
import { dotMarks, highlightMarks, type MarkedVoice, voiceMarks } from "./notePicture.ts";
import { filledPath, type Mark, roundedRectangle, strokedPath, type WordsMark } from "./picture.ts";
import { blockOfWords, lineOfWords, shortenedLine } from "./pictureText.ts";
import { dotsWords, highlightWords, leftOutWords, themeWords, voiceWords } from "./pictureWords.ts";
import type { Hyphenate } from "./textLayout.ts";
import { measureText } from "./textMeasure.ts";

/*
 * The bands above and below the board: what it is, and what the signs mean. Made for a width of 3200, whatever the
 * picture shows, and then brought to its size.
 */

export const frameWidth = 3200;

export type Band = { readonly height: number; readonly marks: readonly Mark[] };

const paper = "#fffdf7";
const ink = "#2b2118";
const softInk = "#5d4c39";
const line = "#cbb894";
const side = 56;

export type HeaderInput = {
  readonly heading: string;
  readonly lead: string;
  readonly workshopTitle: string;
  readonly date: string;
  readonly hyphenate: Hyphenate;
};

export function headerBand({ heading, lead, workshopTitle, date, hyphenate }: HeaderInput): Band {
  const roomLeft = 2020;
  const roomRight = frameWidth - 2 * side - roomLeft - 60;
  const leadSize = 44;
  const block = (text: string, left: boolean, width: number, scale: number, boxHeight: number) =>
    blockOfWords(text, {
      box: { width, height: boxHeight },
      x: left ? side : frameWidth - side,
      top: 30,
      side: left ? "left" : "right",
      scale,
      fill: ink,
      hyphenate,
    });
  const name = block(heading, true, roomLeft, 1.9, 112);
  const workshop = block(workshopTitle, false, roomRight, 1, 100);
  const leadMiddle = 30 + name.height + 44;
  const dateMiddle = 30 + workshop.height + 34;
  const height = Math.max(leadMiddle, dateMiddle) + 52;
  return {
    height,
    marks: [
      ...bandMarks(height, height),
      name.mark,
      startingLine(shortenedLine(lead, (roomLeft * 100) / leadSize), side, leadMiddle, leadSize),
      workshop.mark,
      lineOfWords(date, {
        x: frameWidth - side,
        middle: dateMiddle,
        fontSize: 38,
        anchor: "end",
        fill: softInk,
      }),
    ],
  };
}

function startingLine(text: string, x: number, middle: number, fontSize: number): WordsMark {
  const made = lineOfWords(text, { x, middle, fontSize, anchor: "start", fill: softInk });
  // What runs from right to left begins at its right end; here everything begins at the left.
  return made.direction === "rtl" ? { ...made, anchor: "end" } : made;
}

function bandMarks(height: number, edgeAt: number): readonly Mark[] {
  const band: Rectangle = { x: 0, y: 0, width: frameWidth, height };
  return [
    filledPath(roundedRectangle(band, 0), paper),
    strokedPath(`M0 ${edgeAt}L${frameWidth} ${edgeAt}`, line, 3),
  ];
}

type Entry = {
  readonly iconWidth: number;
  /** Drawn with its left edge at x and its middle at y. */
  readonly icon: (x: number, y: number) => readonly Mark[];
  readonly words: string;
};

export type LegendInput = {
  /** Those that the picture shows. */
  readonly notes: readonly Note[];
  readonly template: Template;
  readonly language: Language;
  readonly hasHighlights: boolean;
  readonly hasDots: boolean;
  readonly hasThemes: boolean;
  readonly leftOut: number;
};

const entrySize = 38;
const rowHeight = 92;

export function legendBand(input: LegendInput): Band {
  const entries = entriesOf(input);
  if (entries.length === 0) return { height: 0, marks: [] };
  const marks: Mark[] = [];
  let [x, row] = [side, 0];
  for (const entry of entries) {
    const width = entry.iconWidth + 18 + (measureText(entry.words) * entrySize) / 100;
    if (x > side && x + width > frameWidth - side) {
      x = side;
      row += 1;
    }
    const middle = 26 + rowHeight / 2 + row * rowHeight;
    marks.push(...entry.icon(x, middle), {
      ...lineOfWords(entry.words, {
        x: x + entry.iconWidth + 18,
        middle,
        fontSize: entrySize,
        anchor: "start",
        fill: ink,
      }),
    });
    x += width + 64;
  }
  const height = (row + 1) * rowHeight + 52;
  return { height, marks: [...bandMarks(height, 0), ...marks] };
}

function entriesOf(input: LegendInput): readonly Entry[] {
  const { notes, template, language } = input;
  const zones = [...template.zones]
    .sort((a, b) => a.order - b.order)
    .map((zone): Entry | null => {
      const count = notes.filter((note) => note.placement.zone === zone.id).length;
      if (count === 0) return null;
      const { noteStyle } = zoneOf(template, zone.id);
      return {
        iconWidth: 64,
        icon: (x, y) => swatch(x, y, noteStyle.paper),
        words: `${zone.title[language]}: ${count}`,
      };
    });
  const voices = (["formal", "informal", "both"] as const).map((voice): Entry | null =>
    notes.some((note) => note.voice === voice) ? voiceEntry(voice, language) : null,
  );
  const others: readonly (Entry | null)[] = [
    input.hasThemes ? { iconWidth: 72, icon: themeIcon, words: themeWords[language] } : null,
    input.hasHighlights
      ? {
          iconWidth: 54,
          icon: (x, y) => highlightMarks({ x: x + 27, y: y - 13 }, 26),
          words: highlightWords[language],
        }
      : null,
    input.hasDots
      ? { iconWidth: 54, icon: (x, y) => dotMarks(3, { x: x + 27, y }, 0.8), words: dotsWords[language] }
      : null,
    input.leftOut > 0 ? { iconWidth: 0, icon: () => [], words: leftOutWords(input.leftOut, language) } : null,
  ];
  return [...zones, ...voices, ...others].filter((entry) => entry !== null);
}

function voiceEntry(voice: MarkedVoice, language: Language): Entry {
  const width = voice === "both" ? 76 : 50;
  return {
    iconWidth: width,
    icon: (x, y) => voiceMarks(voice, { x: x + width / 2, y }, 0.88),
    words: voiceWords[voice][language],
  };
}

function swatch(x: number, y: number, colour: string): readonly Mark[] {
  const sheet = roundedRectangle({ x, y: y - 21, width: 64, height: 42 }, 4);
  return [filledPath(sheet, colour), strokedPath(sheet, "#503719", 2.5, 0.6)];
}

function themeIcon(x: number, y: number): readonly Mark[] {
  const outline = roundedRectangle({ x, y: y - 24, width: 72, height: 48 }, 16);
  return [filledPath(outline, paper), strokedPath(outline, "#3f6b2e", 5)];
}
