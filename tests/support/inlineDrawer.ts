import type { Drawer } from "../../server/http/drawer.ts";
import { boardToSvg } from "../../shared/render/boardSvg.ts";
import { hyphenationOf } from "../../shared/render/hyphenation.ts";

/** Draws where it is asked, without a thread. */
export function createInlineDrawer(): Drawer {
  return {
    draw: async (input) => boardToSvg(input, await hyphenationOf(input.noteLanguage)),
    close: async () => undefined,
  };
}
