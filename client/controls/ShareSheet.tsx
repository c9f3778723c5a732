import { useTranslation } from "react-i18next";
import type { BoardModel } from "../model/boardModel.ts";
import { Sheet } from "../ui/Sheet.tsx";
import { CopyLink } from "./CopyLink.tsx";
import { QrCode } from "./QrCode.tsx";

export type ShareSheetProps = {
  readonly model: BoardModel;
  /** The link to hand on: never the facilitator's own. */
  readonly link: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

export function ShareSheet({ model, link, isOpen, onClose }: ShareSheetProps) {
  const { t } = useTranslation();
  return (
    <Sheet title={t("board.share")} isOpen={isOpen} onClose={onClose}>
      <p>{t("board.shareLead")}</p>
      <QrCode text={link} label={t("workshop.qrOf", { name: model.group.get().name })} />
      <CopyLink link={link} name={t("board.share")} />
      <p className="hint">{model.role === "view" ? t("board.shareView") : t("board.shareWarning")}</p>
    </Sheet>
  );
}
