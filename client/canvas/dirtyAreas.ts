import type { Rectangle } from "../../shared/board/geometry.ts";

/*
 * What has to be painted again, as few rectangles that do not overlap much: two that together cover little more than
 * apart become one, so that nothing is painted twice.
 */

export type DirtyAreas = {
  readonly add: (area: Rectangle) => void;
  readonly addAll: () => void;
  /** The next area, taken out; `"all"` when so much is dirty that the whole is cheaper; `null` when nothing is. */
  readonly take: () => Rectangle | "all" | null;
  readonly isEmpty: () => boolean;
  readonly clear: () => void;
};

const mostAreas = 96;
/** World units squared that two areas may cover in vain when they become one. */
const wasteAllowed = 30_000;

export function createDirtyAreas(): DirtyAreas {
  let areas: Rectangle[] = [];
  let isAll = false;

  function add(area: Rectangle): void {
    if (isAll) return;
    let grown = area;
    // A grown area may reach others: until it reaches none.
    for (let index = 0; index < areas.length; index += 1) {
      const other = areas[index];
      if (other === undefined) continue;
      const both = unionOf(grown, other);
      if (areaOf(both) > areaOf(grown) + areaOf(other) + wasteAllowed) continue;
      grown = both;
      areas.splice(index, 1);
      index = -1;
    }
    areas.push(grown);
    if (areas.length > mostAreas) addAll();
  }

  function addAll(): void {
    isAll = true;
    areas = [];
  }

  return {
    add,
    addAll,
    take() {
      if (!isAll) return areas.shift() ?? null;
      isAll = false;
      return "all";
    },
    isEmpty: () => !isAll && areas.length === 0,
    clear() {
      isAll = false;
      areas = [];
    },
  };
}

export function unionOf(a: Rectangle, b: Rectangle): Rectangle {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

function areaOf({ width, height }: Rectangle): number {
  return width * height;
}
