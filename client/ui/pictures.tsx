import { Layers } from "lucide-react";
import type { Voice } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";

/** Sizes grow with the letters beside them, on a wall-sized screen as on a phone with large type. */
export const rem = (px: number) => `${px / 16}rem`;

/** Small pictures of the parts of the tree, in the colours of their notes. */
export function ZonePicture({ zone, size = 28 }: { readonly zone: ZoneId; readonly size?: number }) {
  if (zone === "unplaced") return <Layers size={size} aria-hidden="true" />;
  return (
    <svg width={rem(size)} height={rem(size)} viewBox="0 0 32 32" aria-hidden="true" fill="none">
      {zone === "roots" && (
        <g stroke="var(--picture-root)" strokeLinecap="round">
          <path d="M4 9c4-1 8-.6 12-.6S24 8 28 9" stroke="#8fb26f" strokeWidth="2.4" />
          <path d="M16 3v9M16 12c-1 4-5 5-9 8M16 12c.4 5 0 10 0 16M16 12c1 4 5 5 9 8" strokeWidth="3" />
          <path d="M11 17c-1 3-2 6-2 9M21 17c1 3 2 6 2 9" strokeWidth="2" />
        </g>
      )}
      {zone === "wateringCan" && (
        <g>
          <path d="M7 13h13l1.4 14a1 1 0 0 1-1 1H6.600a1 1 0 0 1-1-1Z" fill="#5c92b0" />
          <path d="M20 22c4-1 5-6 6.500-10" stroke="#5c92b0" strokeWidth="3" strokeLinecap="round" />
          <path d="M8 13c0-8 11-8 11 0" stroke="#47789a" strokeWidth="2.4" />
          <path d="m24 10 5 2.600" stroke="#47789a" strokeWidth="3" strokeLinecap="round" />
          <path d="M29 17v2M27.500 21v2M30 22v2" stroke="#7fb3cf" strokeWidth="2" strokeLinecap="round" />
        </g>
      )}
      {zone === "fruits" && (
        <g>
          <path
            d="M16 11c-3-3-11-2-11 6 0 6 5 11 8 11 1.500 0 2-.7 3-.7s1.500.7 3 .7c3 0 8-5 8-11 0-8-8-9-11-6Z"
            fill="#d9573f"
          />
          <path d="M16 11c0-3 1-5 3-7" stroke="#6b4226" strokeWidth="2.400" strokeLinecap="round" />
          <path d="M18 7c3-3 6-3 8-2-2 3-5 4-8 2Z" fill="#7fb069" />
          <path d="M9 16c.5-2 2-3 3.500-3" stroke="#f2b3a2" strokeWidth="2" strokeLinecap="round" />
        </g>
      )}
    </svg>
  );
}

/** Who speaks, by shape and letter: a square F, a round I, a hexagon F+I. */
export function VoiceMark({ voice, size = 22 }: { readonly voice: Voice; readonly size?: number }) {
  const letters = { formal: "F", informal: "I", both: "F+I", unspecified: "?" }[voice];
  const fill = {
    formal: "#2f5d8a",
    informal: "#8a3f6d",
    both: "#4a5a1f",
    unspecified: "var(--voice-unspecified)",
  }[voice];
  // On dark paper the dark shapes need an edge.
  const edge = "var(--voice-edge)";
  return (
    <svg
      width={rem(voice === "both" ? size * 1.3 : size)}
      height={rem(size)}
      viewBox={voice === "both" ? "0 0 31 24" : "0 0 24 24"}
      aria-hidden="true"
    >
      {voice === "formal" && <rect x="1" y="1" width="22" height="22" rx="4" fill={fill} stroke={edge} />}
      {voice === "informal" && <circle cx="12" cy="12" r="11.500" fill={fill} stroke={edge} />}
      {voice === "both" && <path d="M7 1h17l6 11-6 11H7L1 12Z" fill={fill} stroke={edge} />}
      {voice === "unspecified" && (
        <circle cx="12" cy="12" r="10.500" fill="none" stroke={fill} strokeWidth="2" strokeDasharray="4 3" />
      )}
      <text
        x={voice === "both" ? 15.5 : 12}
        y="16.800"
        textAnchor="middle"
        fontSize={voice === "both" ? 11.5 : 14}
        fontWeight="700"
        fill={voice === "unspecified" ? fill : "#fff"}
      >
        {letters}
      </text>
    </svg>
  );
}
