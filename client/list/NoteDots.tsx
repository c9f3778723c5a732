import { Minus, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { rem } from "../ui/pictures.tsx";

/** The element that says how many dots are left, and so why no more can be given. */
export const dotsLeftId = "list-dots-left";

export type NoteDotsProps = {
  readonly count: number;
  readonly text: string;
  readonly mayGiveMore: boolean;
  readonly isInTabOrder: boolean;
  readonly onChange: (count: number) => void;
};

/** One's own dots on a note, as many round marks and their number, between a button less and a button more. */
export function NoteDots({ count, text, mayGiveMore, isInTabOrder, onChange }: NoteDotsProps) {
  const { t } = useTranslation();
  const tabIndex = isInTabOrder ? 0 : -1;
  return (
    <div className="list-dots">
      <button
        type="button"
        className="list-key"
        tabIndex={tabIndex}
        aria-label={t("list.dotLess", { text })}
        aria-disabled={count === 0}
        onClick={() => count > 0 && onChange(count - 1)}
      >
        <Minus size={20} aria-hidden="true" />
      </button>
      <Dots count={count} />
      <button
        type="button"
        className="list-key"
        tabIndex={tabIndex}
        aria-label={t("list.dotMore", { text })}
        aria-disabled={!mayGiveMore}
        aria-describedby={mayGiveMore ? undefined : dotsLeftId}
        onClick={() => mayGiveMore && onChange(count + 1)}
      >
        <Plus size={20} aria-hidden="true" />
      </button>
    </div>
  );
}

const mostDrawn = 5;

/** Round marks and a number, for eyes only: the label of the note says the same. */
export function Dots({ count }: { readonly count: number }) {
  const drawn = Math.min(count, mostDrawn);
  return (
    <span className="list-dots-count" aria-hidden="true">
      {drawn > 0 && (
        <svg width={rem(14 * drawn)} height={rem(14)} viewBox={`0 0 ${14 * drawn} 14`} aria-hidden="true">
          {Array.from({ length: drawn }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: dots are all alike
            <circle key={index} cx={7 + 14 * index} cy="7" r="5.5" fill="currentColor" />
          ))}
        </svg>
      )}
      {count}
    </span>
  );
}
