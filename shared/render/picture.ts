import type { Rectangle } from "../board/geometry.ts";
import type { Focus, Language } from "../template/template.ts";
import type { Growth } from "./growth.ts";

/*
 * A picture of a board, as marks in drawing order. SVG and PDF are written from the same marks, so that they cannot
 * disagree. World units, y downwards; colours are #rrggbb.
 */

export type Picture = {
  /** What is to be seen of the world, with the bands above and below. */
  readonly area: Rectangle;
  readonly title: string;
  readonly description: string;
  readonly language: Language;
  /** The drawing behind everything. */
  readonly focus: Focus;
  /** How far the tree has come. */
  readonly growth: Growth;
  readonly marks: readonly Mark[];
};

export type Mark = PathMark | WordsMark | GroupMark;

export type PathMark = {
  readonly kind: "path";
  /** SVG path data. */
  readonly d: string;
  readonly fill: string | null;
  readonly stroke: string | null;
  /** 0 where there is no stroke. */
  readonly strokeWidth: number;
  /** Of fill and stroke, from 0 to 1. */
  readonly opacity: number;
};

/** Lines of text around or from one x; `y` is the baseline of the first. */
export type WordsMark = {
  readonly kind: "words";
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly lineHeight: number;
  readonly fontSize: number;
  readonly anchor: "start" | "middle" | "end";
  readonly direction: "ltr" | "rtl";
  readonly fill: string;
};

/** Marks that lie on paper of their own: its corner, turned about its middle. */
export type GroupMark = {
  readonly kind: "group";
  readonly matrix: Matrix;
  /** What the group is, for programs and screen readers. */
  readonly role: "note" | "signs" | "theme" | "band";
  /** Its words, whole: on the paper they are broken into lines. */
  readonly label: string;
  readonly marks: readonly Mark[];
};

/** a, b, c, d, e, f as in SVG. */
export type Matrix = readonly [number, number, number, number, number, number];

export function filledPath(d: string, fill: string, opacity = 1): PathMark {
  return { kind: "path", d, fill, stroke: null, strokeWidth: 0, opacity };
}

export function strokedPath(d: string, stroke: string, strokeWidth: number, opacity = 1): PathMark {
  return { kind: "path", d, fill: null, stroke, strokeWidth, opacity };
}

/** Fill above a stroke of twice the width, as an edge around it. */
export function edgedPath(d: string, fill: string, edge: string, width: number): readonly PathMark[] {
  return [strokedPath(d, edge, 2 * width), filledPath(d, fill)];
}

export function roundedRectangle({ x, y, width, height }: Rectangle, radius: number): string {
  const r = Math.min(radius, width / 2, height / 2);
  const n = numberText;
  const corner = (dx: number, dy: number) => `a${n(r)} ${n(r)} 0 0 1 ${n(dx)} ${n(dy)}`;
  return [
    `M${n(x + r)} ${n(y)}`,
    `h${n(width - 2 * r)}`,
    corner(r, r),
    `v${n(height - 2 * r)}`,
    corner(-r, r),
    `h${n(2 * r - width)}`,
    corner(-r, -r),
    `v${n(2 * r - height)}`,
    corner(r, -r),
    "z",
  ].join("");
}

export function circle(x: number, y: number, radius: number): string {
  const n = numberText;
  const half = (dx: number) => `a${n(radius)} ${n(radius)} 0 0 1 ${n(dx)} 0`;
  return `M${n(x - radius)} ${n(y)}${half(2 * radius)}${half(-2 * radius)}z`;
}

/** Through corners, closed. */
export function polygonPath(corners: readonly (readonly [number, number])[]): string {
  return `M${corners.map(([x, y]) => `${numberText(x)} ${numberText(y)}`).join("L")}z`;
}

/** A number as every machine writes it: at most two decimals, never -0. */
export function numberText(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

/** For turning and scaling, where two decimals would be seen. */
export function fineNumberText(value: number): string {
  const rounded = Math.round(value * 100_000) / 100_000;
  return String(rounded === 0 ? 0 : rounded);
}

/** From the middle of a line of letters down to their baseline, in shares of the size. */
export const baselineShift = 0.335;
