import type { PictureInput } from "../../shared/render/boardPicture.ts";

/** Draws boards as SVG. It takes long for large boards, so that the real one has a thread to itself. */
export type Drawer = {
  readonly draw: (input: PictureInput) => Promise<string>;
  readonly close: () => Promise<void>;
};
