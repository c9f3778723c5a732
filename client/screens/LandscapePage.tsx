import type { ReactNode } from "react";
import type { Focus } from "../../shared/template/template.ts";
import { useLook } from "../ui/LookProvider.tsx";
import "./landscape.css";

export type LandscapePageProps = {
  readonly focus: Focus;
  /** Without the drawing there is only its sky and soil. */
  readonly isDrawn?: boolean;
  readonly children: ReactNode;
};

/** A page in the world of the tree: the drawing fills the back, paper lies on it. */
export function LandscapePage({ focus, isDrawn = true, children }: LandscapePageProps) {
  const { scheme } = useLook().shown;
  return (
    <div className={`landscape ${focus}`}>
      {isDrawn && (
        <img
          className="landscape-tree"
          src={`/art/tree-${focus}${scheme === "dark" ? "-dark" : ""}.svg`}
          alt=""
        />
      )}
      {children}
    </div>
  );
}
