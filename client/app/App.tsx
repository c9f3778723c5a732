import { Component, type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Language } from "../../shared/template/template.ts";
import { currentLanguage, switchLanguage, withLaterWords } from "../i18n/i18n.ts";
import type { BoardChanger } from "../model/changeBoard.ts";
import { createLater, type Later } from "../model/later.ts";
import { useObservable } from "../model/useObservable.ts";
import { MessagePage } from "../screens/MessagePage.tsx";
import type { Api } from "../sync/api.ts";
import type { Device } from "../sync/identity.ts";
import { LookProvider } from "../ui/LookProvider.tsx";
import type { Look } from "../ui/look.ts";
import { parseRoute, type Route } from "../ui/routes.ts";
import { roomNow } from "../ui/useRoom.ts";

const homePage = createLater(withLaterWords(() => import("../screens/HomeScreen.tsx")));
const joinCodePage = createLater(withLaterWords(() => import("../screens/JoinCodeScreen.tsx")));
const boardPage = createLater(() => import("../screens/BoardScreen.tsx"));
const workshopPage = createLater(withLaterWords(() => import("../screens/WorkshopScreen.tsx")));

/**
 * Fetches what a page consists of, beside its `words`, and fails only with those: where it cannot come, the page itself
 * will say so.
 */
export async function fetchPage(
  { page }: Route,
  { words, device }: { readonly words: Promise<void>; readonly device: Device },
): Promise<void> {
  const board = page === "board" ? boardPage.want() : null;
  // What else is fetched comes with words of its own, and those want the language to be known.
  await Promise.all([words, board]);
  // Not waited for: who may come in is asked without it.
  if (page === "board") boardPage.get()?.prefetchTree(device, roomNow());
  else if (page === "home") await homePage.want();
  else if (page === "join") await joinCodePage.want();
  else if (page === "workshop") await workshopPage.want();
}

export type AppProps = {
  readonly api: Api;
  readonly changeBoard: BoardChanger;
  readonly device: Device;
};

export function App({ api, changeBoard, device }: AppProps) {
  const [language, setLanguage] = useState<Language>(currentLanguage);
  const [look, setLook] = useState<Look>(device.look);
  const [route, setRoute] = useState<Route>(() => parseRoute(location));
  useEffect(() => {
    const onMove = () => setRoute(parseRoute(location));
    addEventListener("popstate", onMove);
    addEventListener("hashchange", onMove);
    return () => {
      removeEventListener("popstate", onMove);
      removeEventListener("hashchange", onMove);
    };
  }, []);

  const page = useMemo(
    () => ({
      api,
      changeBoard,
      device,
      language,
      onLanguage(next: Language) {
        switchLanguage(next).then(
          () => {
            device.rememberLanguage(next);
            setLanguage(next);
          },
          // Without a connection its words may not be here: then everything stays in the language that is.
          () => undefined,
        );
      },
    }),
    [api, changeBoard, device, language],
  );

  const onLook = useCallback(
    (next: Look) => {
      device.rememberLook(next);
      setLook(next);
    },
    [device],
  );

  return (
    <I18nProvider locale={language}>
      <LookProvider look={look} onLook={onLook}>
        <SafetyNet onLanguage={page.onLanguage}>
          <Page route={route} {...page} />
        </SafetyNet>
      </LookProvider>
    </I18nProvider>
  );
}

type PageProps = AppProps & {
  readonly route: Route;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
};

function Page({ route, ...page }: PageProps) {
  const { t } = useTranslation();
  switch (route.page) {
    case "home":
      return <Fetched page={homePage}>{({ HomeScreen }) => <HomeScreen {...page} />}</Fetched>;
    case "join":
      return (
        <Fetched page={joinCodePage}>
          {({ JoinCodeScreen }) => <JoinCodeScreen {...page} code={route.code} />}
        </Fetched>
      );
    case "board": {
      const { boardId, key } = route;
      return (
        <Fetched page={boardPage}>
          {({ BoardScreen }) => (
            <BoardScreen key={`${boardId}#${key}`} {...page} boardId={boardId} boardKey={key} />
          )}
        </Fetched>
      );
    }
    case "workshop": {
      const { workshopId, key } = route;
      return (
        <Fetched page={workshopPage}>
          {({ WorkshopScreen }) => (
            <WorkshopScreen key={key} {...page} workshopId={workshopId} workshopKey={key} />
          )}
        </Fetched>
      );
    }
    case "unknown":
      return <MessagePage message={t("errors.pageNotFound")} onLanguage={page.onLanguage} />;
  }
}

type FetchedProps<Part> = { readonly page: Later<Part>; readonly children: (part: Part) => ReactNode };

/**
 * A page that comes in a file of its own, at once when it is here already: React's own way to wait shows it only a third
 * of a second after it began to show that it waits.
 */
function Fetched<Part>({ page, children }: FetchedProps<Part>) {
  const part = useObservable(page);
  const [isMissing, setIsMissing] = useState(false);
  useEffect(() => {
    void page.want().then((isHere) => setIsMissing(!isHere));
  }, [page]);
  // For the safety net: a sentence, and a way to try again.
  if (part === null && isMissing) throw new Error("a page could not be fetched");
  return part === null ? null : children(part);
}

type SafetyNetProps = { readonly children: ReactNode; readonly onLanguage: (language: Language) => void };

/** A bug in one view leaves a sentence and a way on, not an empty page; the work itself is in the document. */
class SafetyNet extends Component<SafetyNetProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? <Crashed onLanguage={this.props.onLanguage} /> : this.props.children;
  }
}

function Crashed({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const { t } = useTranslation();
  return (
    <MessagePage message={t("errors.crashed")} onLanguage={onLanguage}>
      <a className="button primary" href={location.href} onClick={() => location.reload()}>
        {t("common.tryAgain")}
      </a>
    </MessagePage>
  );
}
