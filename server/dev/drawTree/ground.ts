/** The height around which the ground line wavers. */
const groundY = 1335;

/** How far the picture is drawn, beyond the 3200 x 2000 world, so that no screen shape sees an edge; tall phones see far up and down. */
export const reach = { left: -1600, right: 4800, top: -6000, bottom: 8000 } as const;

/** The ground line: never more than 15 units from `groundY`. */
export function groundAt(x: number): number {
  return groundY + 7 * Math.sin(x / 331 + 1.2) + 4.5 * Math.sin(x / 127 + 0.4) + 2.5 * Math.sin(x / 53);
}
