import type { TFunction } from "i18next";
import { ExternalLink, Plus, Printer, Upload } from "lucide-react";
import { type FormEvent, useCallback, useEffect, useRef, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { WorkshopId } from "../../shared/board/ids.ts";
import { type Focus, focuses } from "../../shared/template/template.ts";
import type { BoardImported, WorkshopAnswer } from "../../shared/workshop/api.ts";
import { formatJoinCode } from "../../shared/workshop/joinCode.ts";
import type { GroupFacts } from "../../shared/workshop/workshop.ts";
import type { ApiError } from "../sync/api.ts";
import { apiErrorWords } from "../ui/apiErrorWords.ts";
import { Button } from "../ui/Button.tsx";
import { FocusPicture } from "../ui/FocusPicture.tsx";
import { ChoiceField, LineField } from "../ui/fields.tsx";
import { useBusy } from "../ui/useBusy.ts";
import { GroupSheet } from "./GroupSheet.tsx";
import type { PageProps } from "./HomeScreen.tsx";
import { LandscapePage } from "./LandscapePage.tsx";
import { LoadingPage } from "./LoadingPage.tsx";
import { MessagePage } from "./MessagePage.tsx";
import { Topline } from "./Topline.tsx";
import "./workshop.css";

export type WorkshopScreenProps = PageProps & {
  readonly workshopId: WorkshopId;
  readonly workshopKey: string;
};

const refreshMs = 4_000;

/** The facilitator's desk: the code, every group with its links and QR code, and who is where. */
export function WorkshopScreen(props: WorkshopScreenProps) {
  const { api, changeBoard, device, workshopId, workshopKey, onLanguage } = props;
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<WorkshopAnswer | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [news, setNews] = useState("");
  const [isImporting, runImport] = useBusy();
  /** How often something newer was asked or changed: an answer that is overtaken is not shown. */
  const latest = useRef(0);
  const underWay = useRef(0);

  const refresh = useCallback(async () => {
    latest.current += 1;
    const asked = latest.current;
    underWay.current += 1;
    const read = await api.readWorkshop(workshopId, workshopKey);
    underWay.current -= 1;
    if (asked !== latest.current) return;
    if (read.ok) {
      setAnswer(read.value);
      setError(null);
    } else {
      setError(read.error);
    }
  }, [api, workshopId, workshopKey]);

  useEffect(() => {
    void refresh();
    const timer = setInterval(() => {
      // On a slow line an answer takes longer than this: asking again would only overtake it.
      if (document.visibilityState === "visible" && underWay.current === 0) void refresh();
    }, refreshMs);
    return () => clearInterval(timer);
  }, [refresh]);

  const title = answer?.workshop.title;
  useEffect(() => {
    if (title !== undefined) device.rememberWorkshop({ id: workshopId, key: workshopKey, title });
  }, [device, workshopId, workshopKey, title]);

  if (answer === null) {
    if (error === null) {
      return <LoadingPage focus="community" words={t("common.loading")} onLanguage={onLanguage} />;
    }
    return (
      <MessagePage message={apiErrorWords(error.kind, t)} onLanguage={onLanguage}>
        <Button look="primary" onPress={() => void refresh()}>
          {t("common.tryAgain")}
        </Button>
      </MessagePage>
    );
  }

  async function importFile(file: File): Promise<void> {
    // A file that went away, or may not be read, is no export either.
    const text = await file.text().catch(() => "");
    const imported = await api.importBoard(workshopId, workshopKey, text);
    if (imported.ok) setNews(importWords(imported.value, t));
    else if (imported.error.kind === "invalid") setNews(t("workshop.importFailed"));
    else setNews(apiErrorWords(imported.error.kind, t));
    await refresh();
  }

  function showChanged(facts: GroupFacts): void {
    latest.current += 1;
    setAnswer((shown) =>
      shown === null
        ? null
        : {
            ...shown,
            groups: shown.groups.map((group) => (group.id === facts.id ? { ...group, ...facts } : group)),
          },
    );
  }

  const { joinCode } = answer.workshop;
  return (
    <LandscapePage focus="community">
      <Topline onLanguage={onLanguage} />
      <main className="desk">
        <section className="sheet paper desk-head">
          <div>
            <p className="lead">{t("workshop.title")}</p>
            <h1 dir="auto">{answer.workshop.title}</h1>
            <p className="hint">{t("workshop.facilitatorOnly")}</p>
            <div className="row desk-tools">
              <Button icon={<Printer aria-hidden="true" />} onPress={() => print()}>
                {t("workshop.print")}
              </Button>
              <FileTrigger
                acceptedFileTypes={["application/json", ".json"]}
                onSelect={(files) => {
                  const file = files?.[0];
                  if (file !== undefined) runImport(() => importFile(file));
                }}
              >
                <Button isPending={isImporting} icon={<Upload aria-hidden="true" />}>
                  {t("workshop.import")}
                </Button>
              </FileTrigger>
            </div>
            {isOnlyHere(location.hostname) && <p className="message">{t("workshop.onlyHere")}</p>}
            <p role="status" className="news">
              {error === null ? news : apiErrorWords(error.kind, t)}
            </p>
          </div>
          {joinCode !== undefined && (
            <div className="desk-code">
              <p className="field-label">{t("workshop.joinCode")}</p>
              <p className="code">{formatJoinCode(joinCode)}</p>
              <p className="hint">{t("workshop.joinCodeLead", { address: location.host })}</p>
              <a className="button" href={`/join/${joinCode}`} target="_blank" rel="noreferrer">
                <ExternalLink size={20} aria-hidden="true" />
                /join/{formatJoinCode(joinCode)}
              </a>
            </div>
          )}
        </section>
        <ul className="desk-groups">
          {answer.groups.map((group) => (
            <GroupSheet
              key={group.id}
              group={group}
              participants={answer.participants.filter((person) => person.boardId === group.boardId)}
              present={answer.present.find((present) => present.boardId === group.boardId) ?? null}
              workshopKey={workshopKey}
              joinCode={joinCode ?? null}
              api={api}
              changeBoard={changeBoard}
              onChanged={showChanged}
            />
          ))}
          <li>
            <AddGroupForm
              {...props}
              number={answer.groups.length + 1}
              onAdded={(name) => {
                setNews(t("workshop.groupAdded", { name }));
                void refresh();
              }}
            />
          </li>
        </ul>
      </main>
    </LandscapePage>
  );
}

/** Links made under this name lead every phone to itself. */
function isOnlyHere(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}

type AddGroupFormProps = WorkshopScreenProps & {
  readonly number: number;
  readonly onAdded: (name: string) => void;
};

function AddGroupForm({ api, workshopId, workshopKey, number, onAdded }: AddGroupFormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [focus, setFocus] = useState<Focus>("individual");
  const [error, setError] = useState<string | null>(null);
  const [isBusy, run] = useBusy();
  const name = typed ?? t("home.groupDefault", { number });

  async function add(): Promise<void> {
    if (name.trim() === "") return setError(t("home.groupMissing"));
    const added = await api.addGroup(workshopId, workshopKey, { name: name.trim(), focus });
    if (!added.ok) return setError(apiErrorWords(added.error.kind, t));
    setTyped(null);
    setError(null);
    onAdded(name.trim());
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    run(add);
  }

  return (
    <form className="sheet paper add-group" onSubmit={onSubmit}>
      <h2>{t("workshop.addGroup")}</h2>
      <LineField
        label={t("home.groupName", { number })}
        value={name}
        onChange={setTyped}
        maxLength={80}
        {...(error === null ? {} : { error })}
      />
      <ChoiceField
        label={t("focus.label")}
        value={focus}
        onChange={setFocus}
        choices={focuses.map((value) => ({
          value,
          label: t(`focus.${value}`),
          icon: <FocusPicture focus={value} size={32} />,
        }))}
      />
      <Button type="submit" isPending={isBusy} icon={<Plus aria-hidden="true" />}>
        {t("workshop.addGroup")}
      </Button>
    </form>
  );
}

/** What became of a file, in one to three sentences. */
function importWords({ name, report }: BoardImported, t: TFunction): string {
  const { codes, codings, events } = report.leftOut;
  return [
    t("workshop.importDone", { name }),
    ...(report.isIntact ? [] : [t("workshop.importChanged")]),
    ...(codes + codings + events === 0 ? [] : [t("workshop.importLeftOut")]),
  ].join(" ");
}
