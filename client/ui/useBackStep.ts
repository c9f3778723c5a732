import { useEffect, useEffectEvent } from "react";

const mark = "back-step";

/** For as long as it is on the page, going back in the browser calls `onBack` and leaves the page where it is. */
export function useBackStep(onBack: () => void): void {
  const onGone = useEffectEvent(onBack);
  useEffect(() => {
    // A page that was loaded anew in the middle of it has its step already.
    if (history.state !== mark) history.pushState(mark, "");
    let isGone = false;
    function listener(): void {
      isGone = true;
      onGone();
    }
    addEventListener("popstate", listener);
    return () => {
      removeEventListener("popstate", listener);
      if (!isGone) history.back();
    };
  }, []);
}
