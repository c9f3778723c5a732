import type { Point } from "../../../shared/board/geometry.ts";
import { dragEvents, type InputEvent, panEvents, zoomEvents } from "./gestures.ts";
import { world } from "./layout.ts";

/* What is done with a board while its frames are timed. */

export const screen = { width: 1_600, height: 900 };
export const middleOfScreen: Point = { x: screen.width / 2, y: screen.height / 2 };

export type Aim = { readonly scale: number; readonly centre: Point };
const centre = { x: world.width / 2, y: world.height / 2 };
/** About forty notes are in view. */
const near: Aim = { scale: 0.8, centre };
/** Every note of the layout is in view. */
const whole: Aim = { scale: 0.2, centre };

export type ShowName = "zoom" | "pan" | "panWhole" | "others" | "othersWhole" | "drag";

export type Show = {
  readonly name: ShowName;
  readonly title: string;
  /** Where the camera is when it begins. */
  readonly aim: Aim;
  readonly othersMove: boolean;
  readonly events: (seconds: number) => readonly InputEvent[];
};

const nearRadius = 300;
const wholeRadius = 60;
const dragRadius = 150;

/** Dragging comes last: what is dropped may lie on another note, and a product may make something of that. */
export const shows: readonly Show[] = [
  {
    name: "zoom",
    title: "zooming in and out by the wheel",
    aim: whole,
    othersMove: false,
    events: zoomEvents,
  },
  {
    name: "pan",
    title: "panning with about 40 notes in view",
    aim: near,
    othersMove: false,
    events: (seconds) => panEvents(seconds, nearRadius),
  },
  {
    name: "panWhole",
    title: "panning with all notes in view",
    aim: whole,
    othersMove: false,
    events: (seconds) => panEvents(seconds, wholeRadius),
  },
  {
    name: "others",
    title: "panning with about 40 notes in view while others move 30",
    aim: near,
    othersMove: true,
    events: (seconds) => panEvents(seconds, nearRadius),
  },
  {
    name: "othersWhole",
    title: "panning with all notes in view while others move 30",
    aim: whole,
    othersMove: true,
    events: (seconds) => panEvents(seconds, wholeRadius),
  },
  {
    name: "drag",
    title: "dragging one note with about 40 in view",
    aim: near,
    othersMove: false,
    events: (seconds) => dragEvents(seconds, middleOfScreen, dragRadius),
  },
];
