import { Ellipsis } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import type { Spotlight } from "../../shared/protocol/presence.ts";
import type { BoardModel, BoardView } from "../model/boardModel.ts";
import { type DotsNow, dotsOf } from "../model/dotsNow.ts";
import type { OutlinedTheme, ZoneOutline } from "../model/zoneOutline.ts";
import { ZonePicture } from "../ui/pictures.tsx";
import { ListNote, type RowActs } from "./ListNote.tsx";

export type SectionActs = RowActs & { readonly onThemeMenu: (theme: ThemeId, anchor: Element) => void };

/** What rows of every zone are drawn with. */
export type RowsNow = {
  readonly model: BoardModel;
  readonly acts: SectionActs;
  readonly editing: NoteId | null;
  readonly mayWrite: boolean;
  readonly highlights: BoardView["highlights"];
  readonly dots: DotsNow;
  /** What somebody points out to everybody. */
  readonly spotlight: Spotlight | null;
};

export type ZoneSectionProps = RowsNow & {
  readonly zone: ZoneId;
  readonly title: string;
  readonly question: string;
  readonly outline: ZoneOutline;
  /** The notes are still on their way: nobody knows yet that there are none. */
  readonly isComing: boolean;
};

/** One part of the tree: its notes under no theme, then its themes with theirs. */
export const ZoneSection = memo(function ZoneSection(props: ZoneSectionProps) {
  const { zone, title, question, outline, isComing, ...rows } = props;
  const { t } = useTranslation();
  const { spotlight } = rows;
  const isZoneSpotlit = spotlight !== null && "zone" in spotlight && spotlight.zone === zone;
  let before = outline.free.length;
  return (
    <section
      className={`zone-section zone-${zone}`}
      aria-labelledby={`zone-${zone}`}
      data-spotlit={isZoneSpotlit || undefined}
    >
      <header>
        <ZonePicture zone={zone} size={36} />
        <div>
          <h2 id={`zone-${zone}`} tabIndex={-1}>
            {title}{" "}
            <span className="zone-count" aria-hidden="true">
              {isComing ? "…" : outline.count}
            </span>
            {!isComing && (
              <span className="visually-hidden">{t("list.zoneCount", { count: outline.count })}</span>
            )}
          </h2>
          <p>{question}</p>
        </div>
      </header>
      {outline.count === 0 && <p className="zone-empty">{isComing ? t("list.coming") : t("list.empty")}</p>}
      <Rows {...rows} zoneTitle={title} notes={outline.free} first={1} total={outline.count} />
      {outline.themes.map((theme) => {
        const first = before + 1;
        before += theme.notes.length;
        return (
          <ThemeSection
            key={theme.id}
            {...rows}
            zoneTitle={title}
            theme={theme}
            first={first}
            total={outline.count}
          />
        );
      })}
    </section>
  );
});

type RowsProps = RowsNow & {
  readonly zoneTitle: string;
  readonly notes: readonly Note[];
  /** The number of the first of them in the zone. */
  readonly first: number;
  readonly total: number;
};

function Rows({
  model,
  acts,
  editing,
  mayWrite,
  highlights,
  dots,
  spotlight,
  zoneTitle,
  notes,
  first,
  total,
}: RowsProps) {
  if (notes.length === 0) return null;
  return (
    // Safari tells no list where its marks are taken away, unless the role says so.
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <ol role="list">
      {notes.map((note, index) => {
        const own = dotsOf(note, dots);
        return (
          <ListNote
            key={note.id}
            model={model}
            acts={acts}
            note={note}
            zoneTitle={zoneTitle}
            number={first + index}
            total={total}
            isEditing={editing === note.id}
            isSpotlit={spotlight !== null && "note" in spotlight && spotlight.note === note.id}
            isHighlighted={note.highlight !== null && highlights.includes(note.id)}
            mayWrite={mayWrite}
            dotKind={own.kind}
            dots={own.count}
            mayGiveMore={own.mayGiveMore}
          />
        );
      })}
    </ol>
  );
}

type ThemeSectionProps = RowsNow & {
  readonly zoneTitle: string;
  readonly theme: OutlinedTheme;
  readonly first: number;
  readonly total: number;
};

function ThemeSection({ theme, ...rows }: ThemeSectionProps) {
  const { t } = useTranslation();
  const title = theme.title.trim() === "" ? t("list.themeUntitled") : theme.title;
  return (
    <section className="theme-section" data-theme={theme.id}>
      <header>
        <h3 dir="auto" tabIndex={-1}>
          <span className="visually-hidden">{t("list.theme", { title: "" })}</span>
          {title}
        </h3>
        {rows.mayWrite && (
          <button
            type="button"
            className="list-key"
            aria-haspopup="menu"
            aria-label={t("list.themeActions", { title })}
            onClick={(event) => rows.acts.onThemeMenu(theme.id, event.currentTarget)}
          >
            <Ellipsis size={20} aria-hidden="true" />
          </button>
        )}
      </header>
      <Rows {...rows} notes={theme.notes} />
    </section>
  );
}
