import { Download, Lock, LockOpen } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WorkshopAnswer } from "../../shared/workshop/api.ts";
import { formatJoinCode } from "../../shared/workshop/joinCode.ts";
import type { GroupFacts, ParticipantFacts, Present } from "../../shared/workshop/workshop.ts";
import { CopyLink } from "../controls/CopyLink.tsx";
import { QrCode } from "../controls/QrCode.tsx";
import type { BoardChanger } from "../model/changeBoard.ts";
import type { Api } from "../sync/api.ts";
import { apiErrorWords } from "../ui/apiErrorWords.ts";
import { Button } from "../ui/Button.tsx";
import { FocusPicture } from "../ui/FocusPicture.tsx";
import { VoiceMark } from "../ui/pictures.tsx";
import { boardPath } from "../ui/routes.ts";
import { saveFile } from "../ui/saveFile.ts";

export type GroupSheetProps = {
  readonly group: WorkshopAnswer["groups"][number];
  readonly participants: readonly ParticipantFacts[];
  readonly present: Present | null;
  readonly workshopKey: string;
  readonly joinCode: string | null;
  readonly api: Api;
  readonly changeBoard: BoardChanger;
  readonly onChanged: (facts: GroupFacts) => void;
};

/** One group on the desk; on paper its sheet has the QR code, and the join code as the way without a camera. */
export function GroupSheet(props: GroupSheetProps) {
  const { group, participants, present, workshopKey, joinCode, api, changeBoard, onChanged } = props;
  const { t } = useTranslation();
  const [error, setError] = useState<string | null>(null);
  const [isChanging, setIsChanging] = useState(false);
  const LockIcon = group.locked ? LockOpen : Lock;
  const lockWords = t(group.locked ? "workshop.unlock" : "workshop.lock");
  const linkFor = (key: string) => `${location.origin}${boardPath(group.boardId, key)}`;
  const here = new Set(present?.participants ?? []);

  // Whoever gave no name and is not here now is only a number.
  const shown = participants.filter((person) => person.name !== null || here.has(person.id));
  const restCount = participants.length - shown.length;

  async function changeLock(): Promise<void> {
    if (isChanging) return;
    setIsChanging(true);
    const changed = await changeBoard(group.boardId, workshopKey, { locked: !group.locked });
    setIsChanging(false);
    if (!changed.ok) return setError(apiErrorWords(changed.error.kind, t));
    setError(null);
    onChanged(changed.value);
  }

  async function save(): Promise<void> {
    const text = await api.exportText(group.boardId, workshopKey);
    if (!text.ok) return setError(apiErrorWords(text.error.kind, t));
    setError(null);
    saveFile({
      name: `collaboration-tree-${group.boardId}.json`,
      type: "application/json",
      text: text.value,
    });
  }

  return (
    <li className="sheet paper group-sheet">
      <header>
        <FocusPicture focus={group.focus} size={48} />
        <div>
          <div className="group-name">
            <h2 dir="auto">{group.name}</h2>
            <p className="lock-mark" role="status">
              {group.locked && (
                <>
                  <Lock size={20} aria-hidden="true" />
                  {t("workshop.locked")}
                </>
              )}
            </p>
          </div>
          <p className="hint">
            {t(`focus.${group.focus}`)}
            <span className="group-devices">
              {" · "}
              {t("workshop.devices", { count: present?.connections ?? 0 })}
            </span>
          </p>
        </div>
        <div className="group-tools">
          <a className="button primary" href={boardPath(group.boardId, workshopKey)}>
            {t("workshop.openBoard")}
          </a>
          <Button aria-label={`${lockWords}: ${group.name}`} onPress={() => void changeLock()}>
            {/* As wide as the longer of both, so that nothing beside it moves when it is pressed. */}
            <span className="either">
              <span>
                <LockIcon size={20} aria-hidden="true" />
                {lockWords}
              </span>
              <span aria-hidden="true">
                <LockIcon size={20} />
                {t(group.locked ? "workshop.lock" : "workshop.unlock")}
              </span>
            </span>
          </Button>
          <Button icon={<Download size={20} aria-hidden="true" />} onPress={() => void save()}>
            {t("workshop.export")}
          </Button>
        </div>
      </header>
      {error !== null && <p className="message bad">{error}</p>}
      {group.keys !== undefined && (
        <div className="group-links">
          <QrCode text={linkFor(group.keys.contribute)} label={t("workshop.qrOf", { name: group.name })} />
          <div>
            <p className="field-label">{t("workshop.contributeLink")}</p>
            <CopyLink
              link={linkFor(group.keys.contribute)}
              name={`${t("workshop.contributeLink")}, ${group.name}`}
            />
            <p className="field-label">{t("workshop.viewLink")}</p>
            <CopyLink link={linkFor(group.keys.view)} name={`${t("workshop.viewLink")}, ${group.name}`} />
          </div>
        </div>
      )}
      <p className="print-only">{t("workshop.printScan")}</p>
      {joinCode !== null && (
        <>
          <p className="print-only">{t("workshop.printType")}</p>
          <p className="print-only print-code">
            {location.host}/join/{formatJoinCode(joinCode)}
          </p>
        </>
      )}
      <div className="group-people">
        <h3>{t("workshop.peopleInGroup")}</h3>
        {participants.length === 0 && <p className="hint">{t("workshop.nobody")}</p>}
        <ul>
          {shown.map((person) => (
            <li key={person.id} className={here.has(person.id) ? "here" : ""}>
              {person.voice !== null && <VoiceMark voice={person.voice} />}
              <span dir="auto">{person.name ?? t("workshop.withoutName")}</span>
              {person.affiliation !== null && (
                <span className="hint" dir="auto">
                  {person.affiliation}
                </span>
              )}
              {here.has(person.id) && <span className="here-mark">{t("workshop.here")}</span>}
            </li>
          ))}
          {restCount > 0 && <li className="hint">{t("workshop.namelessAway", { count: restCount })}</li>}
        </ul>
      </div>
    </li>
  );
}
