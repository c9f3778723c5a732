import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { TickField } from "../ui/fields.tsx";
import { announcementWords, type ChangeWordsOptions, changeWords } from "./changeWords.ts";

export type ChangeNewsProps = {
  readonly model: BoardModel;
  readonly language: Language;
};

function wordsOptions({ model, language }: ChangeNewsProps, t: TFunction): ChangeWordsOptions {
  return {
    t,
    board: model.board.get(),
    zoneTitle: (zone) => zoneOf(model.template, zone).title[language],
    nameOf: model.nameOf,
  };
}

/** What others did, for the part of the list that screen readers say by themselves. */
export function Announcement(props: ChangeNewsProps) {
  const { t } = useTranslation();
  const spoken = useObservable(props.model.news.spoken);
  if (spoken === null) return null;
  // A new element each time: the same sentence twice is said twice.
  return <p key={spoken.id}>{announcementWords(spoken.changes, wordsOptions(props, t))}</p>;
}

export type ChangeFeedProps = ChangeNewsProps & {
  readonly isSilent: boolean;
  readonly onSilence: (isSilent: boolean) => void;
};

/** The last changes of others, to read back; and whether they are said aloud. */
export function ChangeFeed({ isSilent, onSilence, ...props }: ChangeFeedProps) {
  const { t, i18n } = useTranslation();
  const feed = useObservable(props.model.news.feed);
  const words = wordsOptions(props, t);
  const time = new Intl.DateTimeFormat(i18n.language, { hour: "2-digit", minute: "2-digit" });
  return (
    <div className="list-feed">
      {feed.length === 0 && <p>{t("announce.feedEmpty")}</p>}
      <ol>
        {feed.map(({ id, at, change }) => (
          <li key={id}>
            <time dateTime={new Date(at).toISOString()}>{time.format(at)}</time>
            <span dir="auto">{changeWords(change, words)}</span>
          </li>
        ))}
      </ol>
      <TickField isSelected={!isSilent} onChange={(isAloud) => onSilence(!isAloud)}>
        {t("announce.aloud")}
        <span className="list-feed-hint">{t("announce.aloudHint")}</span>
      </TickField>
    </div>
  );
}
