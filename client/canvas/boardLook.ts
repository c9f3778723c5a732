/** How the board looks on this screen; a choice of who looks, not of the group. */
export type BoardLook = {
  readonly scheme: "light" | "dark";
  /** `high`: black words on white paper with strong edges. */
  readonly contrast: "normal" | "high";
  /** Nobody's pointer moves over the board. */
  readonly isCalm: boolean;
  /** Whether the tree follows the notes. */
  readonly isLiving: boolean;
};

export const firstLook: BoardLook = { scheme: "light", contrast: "normal", isCalm: false, isLiving: true };

/** Colours of what is not paper: words on the drawing, what is chosen, what is about to be. */
export type LookColours = {
  readonly panel: string;
  readonly panelInk: string;
  /** A ring of two colours: one of both shows on whatever lies below. */
  readonly ring: string;
  readonly ringEdge: string;
  readonly themeFill: string;
  readonly themeEdge: string;
};

export function coloursOf({ scheme, contrast }: BoardLook): LookColours {
  if (contrast === "high") {
    return {
      panel: "#ffffff",
      panelInk: "#000000",
      ring: "#0033cc",
      ringEdge: "#ffffff",
      themeFill: "rgba(255, 255, 255, 0.9)",
      themeEdge: "#000000",
    };
  }
  if (scheme === "dark") {
    return {
      panel: "rgba(38, 32, 26, 0.86)",
      panelInk: "#fbf4e6",
      ring: "#ffcf5a",
      ringEdge: "#2b2118",
      themeFill: "rgba(38, 32, 26, 0.5)",
      themeEdge: "#cfe3b4",
    };
  }
  return {
    panel: "rgba(255, 253, 247, 0.84)",
    panelInk: "#2b2118",
    ring: "#2f5222",
    ringEdge: "#ffffff",
    themeFill: "rgba(255, 253, 247, 0.55)",
    themeEdge: "#3f6b2e",
  };
}
