import { Copy, FileText, Image as ImageIcon, Printer } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";
import { ChoiceField } from "../ui/fields.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { saveBlob, saveFile } from "../ui/saveFile.ts";
import type { PdfChoice } from "./boardPdf.ts";
import { copyPng } from "./copyPng.ts";
import "./downloadSheet.css";

export type DownloadSheetProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

// The drawing, the syllables and the letters of a PDF weigh more than the sheet: they come when one is made.
const loadPictures = () => import("./boardPictures.ts");
const loadRasterise = () => import("./rasterise.ts");
const loadPdf = () => import("./boardPdf.ts");

/** Brings the code of pictures into the browser's cache, so that they can be made without a connection. */
export function prefetchPictures(): void {
  for (const load of [loadPictures, loadRasterise, loadPdf]) load().catch(() => undefined);
}

/** What became of a picture; `null` while nothing was asked for. */
type News = { readonly kind: "working" | "done" | "failed"; readonly words: string } | null;
type Outcome = "saved" | "copied" | "copyRefused" | "failed";

const papers = ["A4", "A3", "A2", "A1", "A0"] as const;
const scales = { normal: 2, large: 4 } as const;

/** The board to keep, to show or to hang on a wall: picture, paper, and the data for research. */
export function DownloadSheet({ model, language, isOpen, onClose }: DownloadSheetProps) {
  const { t } = useTranslation();
  const voting = useObservable(model.board).voting;
  const [news, setNews] = useState<News>(null);
  const [size, setSize] = useState<keyof typeof scales>("normal");
  const [pdf, setPdf] = useState<PdfChoice>({ paper: "A4", orientation: "landscape", pages: "one" });
  const isWorking = news?.kind === "working";
  const of = { model, language };
  const nameWith = (ending: string) => `collaboration-tree-${model.boardId}.${ending}`;

  async function run(make: () => Promise<Outcome>): Promise<void> {
    setNews({ kind: "working", words: t("pictures.working") });
    const outcome = await make().catch((): Outcome => "failed");
    const words = {
      saved: t("pictures.done"),
      copied: t("pictures.copied"),
      copyRefused: t("pictures.copyRefused"),
      failed: navigator.onLine ? t("pictures.failed") : t("pictures.failedOffline"),
    }[outcome];
    setNews({ kind: outcome === "saved" || outcome === "copied" ? "done" : "failed", words });
  }

  async function pngBlob(scale: number): Promise<Blob | null> {
    const [{ svgOf }, { svgToPng }] = await Promise.all([loadPictures(), loadRasterise()]);
    const png = await svgToPng(await svgOf(of), scale);
    return png.ok ? png.value : null;
  }

  const copy = () => run(() => copyPng(pngBlob(scales.normal)));
  const savePng = () =>
    run(async () => {
      const png = await pngBlob(scales[size]);
      if (png === null) return "failed";
      saveBlob(nameWith("png"), png);
      return "saved";
    });
  const saveSvg = () =>
    run(async () => {
      const { svgOf } = await loadPictures();
      saveFile({ name: nameWith("svg"), type: "image/svg+xml", text: await svgOf(of) });
      return "saved";
    });
  const savePdf = () =>
    run(async () => {
      const { pdfOf } = await loadPdf();
      saveBlob(nameWith("pdf"), await pdfOf(of, pdf));
      return "saved";
    });
  const saveJson = () =>
    run(async () => {
      const text = await model.exportJson({ exportedAt: new Date(model.serverNow()) });
      saveFile({ name: nameWith("json"), type: "application/json", text });
      return "saved";
    });

  return (
    <Sheet title={t("pictures.title")} isOpen={isOpen} onClose={onClose}>
      <p
        role="status"
        className={news === null ? "visually-hidden" : `message download-news ${newsLook(news.kind)}`}
      >
        {news?.words}
      </p>
      {voting?.phase === "open" && <p className="hint">{t("pictures.votingOpen")}</p>}
      <Part title={t("pictures.pictureTitle")} lead={t("pictures.pictureLead")}>
        <div className="row">
          <Button
            look="primary"
            icon={<Copy aria-hidden="true" />}
            isPending={isWorking}
            onPress={() => void copy()}
          >
            {t("pictures.copy")}
          </Button>
          <Button
            icon={<ImageIcon aria-hidden="true" />}
            isPending={isWorking}
            onPress={() => void savePng()}
          >
            {t("pictures.png")}
          </Button>
          <Button
            icon={<ImageIcon aria-hidden="true" />}
            isPending={isWorking}
            onPress={() => void saveSvg()}
          >
            {t("pictures.svg")}
          </Button>
        </div>
        <ChoiceField
          label={t("pictures.size")}
          choices={[
            { value: "normal", label: t("pictures.sizeNormal") },
            { value: "large", label: t("pictures.sizeLarge") },
          ]}
          value={size}
          onChange={setSize}
        />
      </Part>
      <Part title={t("pictures.paperTitle")} lead={t("pictures.paperLead")}>
        <ChoiceField
          label={t("pictures.paper")}
          choices={papers.map((paper) => ({ value: paper, label: paper }))}
          value={pdf.paper}
          onChange={(paper) => setPdf({ ...pdf, paper })}
        />
        <ChoiceField
          label={t("pictures.orientation")}
          choices={[
            { value: "landscape", label: t("pictures.landscape") },
            { value: "portrait", label: t("pictures.portrait") },
          ]}
          value={pdf.orientation}
          onChange={(orientation) => setPdf({ ...pdf, orientation })}
        />
        <ChoiceField
          label={t("pictures.pages")}
          choices={[
            { value: "one", label: t("pictures.onePage") },
            { value: "zones", label: t("pictures.zonePages") },
          ]}
          value={pdf.pages}
          onChange={(pages) => setPdf({ ...pdf, pages })}
        />
        <div className="row">
          <Button icon={<Printer aria-hidden="true" />} isPending={isWorking} onPress={() => void savePdf()}>
            {t("pictures.pdf")}
          </Button>
        </div>
      </Part>
      <Part title={t("pictures.researchTitle")} lead={t("pictures.researchLead")}>
        <div className="row">
          <Button
            icon={<FileText aria-hidden="true" />}
            isPending={isWorking}
            onPress={() => void saveJson()}
          >
            {t("pictures.json")}
          </Button>
        </div>
      </Part>
    </Sheet>
  );
}

function newsLook(kind: "working" | "done" | "failed"): string {
  return kind === "failed" ? "bad" : kind === "done" ? "good" : "";
}

type PartProps = { readonly title: string; readonly lead: string; readonly children: ReactNode };

function Part({ title, lead, children }: PartProps) {
  return (
    <section className="download-part">
      <h3>{title}</h3>
      <p className="hint">{lead}</p>
      {children}
    </section>
  );
}
