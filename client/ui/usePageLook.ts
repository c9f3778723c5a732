import { useLayoutEffect, useMemo, useState } from "react";
import { type Look, type ShownLook, shownLook, textScales } from "./look.ts";

const darkQuery = "(prefers-color-scheme: dark)";
const contrastQuery = "(prefers-contrast: more), (forced-colors: active)";

function wishesOfDevice() {
  return { isDark: matchMedia(darkQuery).matches, isHighContrast: matchMedia(contrastQuery).matches };
}

/** Puts the look on the page, follows the device where it was asked to, and says what is shown now. */
export function usePageLook(look: Look): ShownLook {
  const [wishes, setWishes] = useState(wishesOfDevice);

  useLayoutEffect(() => {
    const queries = [darkQuery, contrastQuery].map((query) => matchMedia(query));
    const ask = () => setWishes(wishesOfDevice());
    for (const query of queries) query.addEventListener("change", ask);
    return () => {
      for (const query of queries) query.removeEventListener("change", ask);
    };
  }, []);

  const shown = useMemo(() => shownLook(look, wishes), [look, wishes]);
  const { scheme, contrast, isCalm } = shown;
  const textScale = textScales[look.textSize];
  useLayoutEffect(() => {
    const page = document.documentElement;
    page.dataset.scheme = scheme;
    page.dataset.contrast = contrast;
    page.dataset.pointers = isCalm ? "hidden" : "shown";
    page.style.setProperty("--text-scale", String(textScale));
    // The bar of a phone's browser is part of the page.
    const sky = getComputedStyle(page).getPropertyValue("--sky").trim();
    document.querySelector('meta[name="theme-color"]')?.setAttribute("content", sky);
  }, [scheme, contrast, isCalm, textScale]);
  return shown;
}
