import type { TFunction } from "i18next";
import { Plus, Sprout, Trash2 } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { type Focus, focuses, type Language, languages } from "../../shared/template/template.ts";
import { joinCodeSchema } from "../../shared/workshop/joinCode.ts";
import { wordsIn } from "../i18n/i18n.ts";
import type { BoardChanger } from "../model/changeBoard.ts";
import type { Api } from "../sync/api.ts";
import type { Device } from "../sync/identity.ts";
import { apiErrorWords } from "../ui/apiErrorWords.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { FocusPicture } from "../ui/FocusPicture.tsx";
import { ChoiceField, LineField } from "../ui/fields.tsx";
import { navigate } from "../ui/navigate.ts";
import { joinPath, workshopPath } from "../ui/routes.ts";
import { LandscapePage } from "./LandscapePage.tsx";
import { Topline } from "./Topline.tsx";

export type PageProps = {
  readonly api: Api;
  readonly changeBoard: BoardChanger;
  readonly device: Device;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
};

/** Join with a code, or start a workshop: the two things people come here for. */
export function HomeScreen(props: PageProps) {
  const { t } = useTranslation();
  const [isStarting, setIsStarting] = useState(false);
  const workshops = props.device.workshops();
  return (
    <LandscapePage focus="individual">
      <Topline onLanguage={props.onLanguage} />
      <main className="home">
        <div className="sheets">
          <section className="sheet paper">
            <h1>{t("home.title")}</h1>
            <p className="lead">{t("home.lead")}</p>
            <JoinWithCode {...props} />
          </section>
          <section className="sheet paper">
            <h2>{t("home.startTitle")}</h2>
            <p className="lead">{t("home.startLead")}</p>
            {isStarting ? (
              <StartWorkshop {...props} />
            ) : (
              <Button size="large" icon={<Sprout aria-hidden="true" />} onPress={() => setIsStarting(true)}>
                {t("home.start")}
              </Button>
            )}
            {workshops.length > 0 && !isStarting && (
              <nav aria-label={t("home.workshopsHere")}>
                <p className="field-label">{t("home.workshopsHere")}</p>
                <ul>
                  {workshops.map((workshop) => (
                    <li key={workshop.id}>
                      <a className="button quiet" href={workshopPath(workshop.id, workshop.key)}>
                        {workshop.title}
                      </a>
                    </li>
                  ))}
                </ul>
              </nav>
            )}
          </section>
        </div>
      </main>
    </LandscapePage>
  );
}

function JoinWithCode({ api }: PageProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const code = joinCodeSchema.safeParse(typed);
    if (!code.success) {
      setError(t("home.codeShape"));
      return;
    }
    setIsBusy(true);
    const found = await api.lookUpJoinCode(code.data);
    setIsBusy(false);
    if (found.ok) navigate(joinPath(code.data));
    else setError(found.error.kind === "notFound" ? t("home.codeWrong") : apiErrorWords(found.error.kind, t));
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <div className="code-entry">
        <LineField
          label={t("home.codeLabel")}
          hint={t("home.codeHint")}
          value={typed}
          onChange={(value) => {
            setTyped(value);
            setError(null);
          }}
          {...(error === null ? {} : { error })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck="false"
          placeholder="abc-def"
        />
      </div>
      <Button type="submit" look="primary" size="large" isDisabled={isBusy}>
        {t("home.join")}
      </Button>
    </form>
  );
}

/** As long as nobody typed a name it is `null`, and follows the language of the boards. */
type GroupDraft = { readonly key: number; readonly name: string | null; readonly focus: Focus };

/** The words of the boards; the page's own until those are here. */
function useBoardWords(boardLanguage: Language): TFunction {
  const { t } = useTranslation();
  const [words, setWords] = useState<{ readonly language: Language; readonly t: TFunction } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    wordsIn(boardLanguage).then(
      (found) => isCurrent && setWords({ language: boardLanguage, t: found }),
      // Without a connection the words of the page do.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [boardLanguage]);
  return words?.language === boardLanguage ? words.t : t;
}

function StartWorkshop({ api, device, language, onLanguage }: PageProps) {
  const { t } = useTranslation();
  const [title, setTitle] = useState("");
  // Until somebody chooses one, the boards speak the language of the page.
  const [chosenLanguage, setChosenLanguage] = useState<Language | null>(null);
  const boardLanguage = chosenLanguage ?? language;
  const boardWords = useBoardWords(boardLanguage);
  const [drafts, setDrafts] = useState<readonly GroupDraft[]>(() =>
    (["individual", "individual", "community"] as const).map((focus, key) => ({ key, name: null, focus })),
  );
  const groups = drafts.map((draft, index) => ({
    ...draft,
    name: draft.name ?? boardWords("home.groupDefault", { number: index + 1 }),
  }));
  const [showsMissing, setShowsMissing] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  function changeGroup(key: number, change: Partial<GroupDraft>): void {
    setDrafts(drafts.map((draft) => (draft.key === key ? { ...draft, ...change } : draft)));
  }

  async function onSubmit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    // Before the keyboard comes there, what is missing must stand beside it.
    flushSync(() => setShowsMissing(true));
    if (title.trim() === "" || groups.some((group) => group.name.trim() === "")) {
      const missing = form.querySelector<HTMLElement>("[aria-invalid=true]");
      missing?.focus({ preventScroll: true });
      missing?.closest(".field")?.scrollIntoView({ block: "center" });
      return;
    }
    setIsBusy(true);
    const created = await api.createWorkshop({
      title,
      language: boardLanguage,
      groups: groups.map(({ name, focus }) => ({ name, focus })),
    });
    setIsBusy(false);
    if (!created.ok) {
      setError(apiErrorWords(created.error.kind, t));
      return;
    }
    const { workshop, keys } = created.value;
    device.rememberWorkshop({ id: workshop.id, key: keys.facilitate, title: workshop.title });
    if (boardLanguage !== language) onLanguage(boardLanguage);
    navigate(workshopPath(workshop.id, keys.facilitate));
  }

  return (
    <form className="sheet-form" onSubmit={(event) => void onSubmit(event)}>
      <LineField
        label={t("home.workshopTitle")}
        placeholder={t("home.workshopTitlePlaceholder")}
        value={title}
        onChange={setTitle}
        maxLength={200}
        autoFocus
        {...(showsMissing && title.trim() === "" ? { error: t("home.workshopTitleMissing") } : {})}
      />
      <ChoiceField
        label={t("home.workshopLanguage")}
        value={boardLanguage}
        onChange={setChosenLanguage}
        choices={languages.map((value) => ({
          value,
          label: value === "nl" ? "Nederlands" : "English",
          lang: value,
        }))}
      />
      <fieldset className="group-rows">
        <legend className="field-label">{t("home.groups")}</legend>
        {groups.map((group, index) => (
          <div className="group-row" key={group.key}>
            <div className="name-line">
              <LineField
                label={t("home.groupName", { number: index + 1 })}
                value={group.name}
                onChange={(name) => changeGroup(group.key, { name })}
                maxLength={80}
                {...(showsMissing && group.name.trim() === "" ? { error: t("home.groupMissing") } : {})}
              />
              {groups.length > 1 && (
                <IconButton
                  label={t("home.removeGroup", { name: group.name })}
                  icon={<Trash2 size={20} aria-hidden="true" />}
                  onPress={() => setDrafts(drafts.filter((other) => other.key !== group.key))}
                />
              )}
            </div>
            <ChoiceField
              label={t("focus.label")}
              hideLabel
              value={group.focus}
              onChange={(focus) => changeGroup(group.key, { focus })}
              choices={focuses.map((focus) => ({
                value: focus,
                label: t(`focus.${focus}`),
                icon: <FocusPicture focus={focus} size={32} />,
              }))}
            />
          </div>
        ))}
        <Button
          icon={<Plus size={20} aria-hidden="true" />}
          isDisabled={groups.length >= 30}
          onPress={() => {
            const key = Math.max(...groups.map((group) => group.key)) + 1;
            setDrafts([...drafts, { key, name: null, focus: "individual" }]);
          }}
        >
          {t("home.addGroup")}
        </Button>
      </fieldset>
      {error !== null && (
        <p className="message bad" role="alert">
          {error}
        </p>
      )}
      <Button type="submit" look="primary" size="large" isDisabled={isBusy}>
        {isBusy ? t("home.creating") : t("home.create")}
      </Button>
    </form>
  );
}
