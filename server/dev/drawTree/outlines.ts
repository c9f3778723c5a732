import type { Point } from "./backdrop.ts";

/** The inside of the crown. */
export const fruitsOutline: readonly Point[] = [
  [1064, 560],
  [1066, 420],
  [1090, 300],
  [1240, 160],
  [1420, 78],
  [1700, 36],
  [2100, 24],
  [2480, 36],
  [2760, 78],
  [2960, 160],
  [3094, 290],
  [3130, 430],
  [3132, 600],
  [3110, 714],
  [2990, 860],
  [2926, 930],
  [2800, 976],
  [2400, 984],
  [2100, 976],
  [1800, 984],
  [1400, 976],
  [1258, 930],
  [1180, 840],
  [1080, 714],
];

/** The can with all the room around it: between horizon and soil, left of the crown. */
export const wateringCanOutline: readonly Point[] = [
  [40, 470],
  [1045, 470],
  [1045, 1335],
  [40, 1335],
];

/** The soil. */
export const rootsOutline: readonly Point[] = [
  [40, 1352],
  [3160, 1352],
  [3160, 1985],
  [40, 1985],
];
