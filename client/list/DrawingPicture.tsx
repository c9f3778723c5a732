import { type Drawing, straightPath } from "../../shared/board/drawing.ts";

/** A drawing as small as a word, cut to what was drawn. */
export function DrawingPicture({ drawing, label }: { readonly drawing: Drawing; readonly label: string }) {
  const all = drawing.flat();
  const xs = all.filter((_, index) => index % 2 === 0);
  const ys = all.filter((_, index) => index % 2 === 1);
  const left = lowest(xs) - margin;
  const top = lowest(ys) - margin;
  const width = highest(xs) + margin - left;
  const height = highest(ys) + margin - top;
  return (
    <svg
      className="list-drawing"
      role="img"
      aria-label={label}
      viewBox={`${left} ${top} ${width} ${height}`}
      fill="none"
      stroke="currentColor"
      strokeWidth={6}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {drawing.map((stroke, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: strokes have no names and never change places
        <path key={index} d={straightPath(stroke)} />
      ))}
    </svg>
  );
}

const margin = 6;
// Spreading thousands of points into Math.min would need as many arguments.
const lowest = (values: readonly number[]) =>
  values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const highest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0);
