import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { drawTree } from "../../../server/dev/drawTree/drawTree.ts";
import { backdropOf } from "../../../shared/render/backdrop.ts";
import { boundsOfPath } from "../../../shared/render/backdropPen.ts";
import { backdropFragment, backdropToSvg } from "../../../shared/render/backdropSvg.ts";
import {
  fruitCount,
  type Growth,
  growthBetween,
  neutralGrowth,
  rootCount,
} from "../../../shared/render/growth.ts";
import { focuses } from "../../../shared/template/template.ts";
import { livingShapes } from "../../support/livingShapes.ts";

const file = new URL("../../../shared/template/treeBackdrop.json", import.meta.url);
const schemes = ["light", "dark"] as const;
const grown = (value: number): Growth => ({
  roots: new Array<number>(rootCount).fill(value),
  leaves: value,
  fruits: new Array<number>(fruitCount).fill(value),
});
const numbersIn = (d: string) => (d.match(/-?\d+(\.\d+)?/g) ?? []).length;
const commandsIn = (d: string) => d.replace(/[^a-z]/gi, "").length;

test("[T4] the drawing of both focuses, for light and dark rooms, stays under 40 kB compressed", () => {
  expect(gzipSync(readFileSync(file), { level: 9 }).length).toBeLessThan(40_000);
});

test("[T4] the drawing on disk is what the generator draws", () => {
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(drawTree())));
});

test("[T5] every part that may grow is there, under its own role", () => {
  for (const focus of focuses) {
    const { still } = backdropOf(focus);
    const roles = new Set([...still, ...livingShapes(focus, neutralGrowth)].map(({ r }) => r));

    for (let root = 1; root <= rootCount; root += 1) expect(roles).toContain(`root-${root}`);
    for (const role of ["trunk", "branch", "leaf", "fruit", "drop", "scenery"]) expect(roles).toContain(role);
    expect(backdropOf(focus).fruits).toHaveLength(fruitCount);
  }
});

test("[T5] more growth means thicker roots, more leaves and larger fruits, whatever the focus", () => {
  for (const focus of focuses) {
    const [none, half, all] = [0, 0.5, 1].map((value) => livingShapes(focus, grown(value)));
    const leaves = (shapes: typeof none) =>
      (shapes ?? []).filter(({ r }) => r === "leaf").reduce((sum, { d }) => sum + commandsIn(d), 0);
    expect(leaves(none)).toBe(0);
    expect(leaves(half)).toBeGreaterThan(0);
    expect(leaves(all)).toBeGreaterThan(leaves(half));

    const heightOf = (shapes: typeof none, role: string) =>
      Math.max(
        ...(shapes ?? [])
          .filter(({ r, f }) => r === role && f !== undefined && f !== "leaf3")
          .map(({ d }) => boundsOfPath(d))
          .map((bounds) => (bounds === null ? 0 : bounds.bottom - bounds.top)),
      );
    expect(heightOf(half, "root-1")).toBeGreaterThan(heightOf(none, "root-1"));
    expect(heightOf(all, "root-1")).toBeGreaterThan(heightOf(half, "root-1"));
    expect(heightOf(all, "fruit")).toBeGreaterThan(heightOf(half, "fruit"));
  }
});

test("[T5] a root keeps the same commands and as many numbers however thick it is", () => {
  const rootsAt = (value: number) =>
    livingShapes("individual", grown(value)).filter(({ r, f }) => r.startsWith("root-") && f !== undefined);

  const [thin, thick] = [rootsAt(0), rootsAt(1)];

  expect(thin.map(({ d }) => commandsIn(d))).toEqual(thick.map(({ d }) => commandsIn(d)));
  expect(thin.map(({ d }) => numbersIn(d))).toEqual(thick.map(({ d }) => numbersIn(d)));
});

test("[T5] growing is the same by one step or by many, and asking twice draws the same", () => {
  const half = growthBetween(grown(0), grown(1), 0.5);

  expect(livingShapes("community", half)).toEqual(livingShapes("community", grown(0.5)));
});

test("[T6] an SVG holds the still and the growing shapes, each once, in the order of their layers", () => {
  for (const focus of focuses) {
    for (const scheme of schemes) {
      const { still } = backdropOf(focus, scheme);
      const shapes = [...still, ...livingShapes(focus, grown(0.6), scheme)]
        .filter(({ d }) => d !== "")
        .sort((a, b) => a.l - b.l);

      const { paths } = backdropFragment(focus, grown(0.6), scheme);

      expect([...paths.matchAll(/ d="([^"]*)"/g)].map(([, d]) => d)).toEqual(shapes.map(({ d }) => d));
    }
  }
});

test("[T6] every colour of an SVG is a real one, in light and in dark rooms", () => {
  for (const focus of focuses) {
    for (const scheme of schemes) {
      const svg = backdropToSvg(focus, { x: 0, y: 0, width: 3200, height: 2000 }, neutralGrowth, scheme);

      const paints = [...svg.matchAll(/ (?:fill|stroke|stop-color)="([^"]*)"/g)].map(
        ([, paint]) => paint ?? "",
      );
      const ids = new Set([...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => `url(#${id})`));

      expect(paints.length).toBeGreaterThan(300);
      expect(paints.filter((paint) => !/^(none|#[0-9a-f]{6})$/.test(paint) && !ids.has(paint))).toEqual([]);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
  }
});

test("[T7] a dark room has the same tree: only the moon, the stars and the lamps' light are added", () => {
  for (const focus of focuses) {
    const [day, night] = schemes.map((scheme) => backdropOf(focus, scheme));
    const dayPaths = new Set(day?.still.map(({ d }) => d));
    const added = night?.still.filter(({ d }) => !dayPaths.has(d)) ?? [];

    expect(night?.leaves).toEqual(day?.leaves);
    expect(night?.roots).toEqual(day?.roots);
    expect(new Set(added.map(({ f }) => f))).toEqual(new Set(["moon", "moonMare", "star", "lampHalo"]));
  }
});
