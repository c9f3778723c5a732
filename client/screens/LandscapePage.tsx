import type { ReactNode } from "react";
import type { Focus } from "../../shared/template/template.ts";
import { useLook } from "../ui/LookProvider.tsx";
import "./landscape.css";

/** A page in the world of the tree: the drawing fills the back, paper lies on it. */
export function LandscapePage({ focus, children }: { readonly focus: Focus; readonly children: ReactNode }) {
  const { scheme } = useLook().shown;
  return (
    <div className={`landscape ${focus}`}>
      <img
        className="landscape-tree"
        src={`/art/tree-${focus}${scheme === "dark" ? "-dark" : ""}.svg`}
        alt=""
      />
      {children}
    </div>
  );
}
