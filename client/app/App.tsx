import { Component, lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Language } from "../../shared/template/template.ts";
import { currentLanguage, switchLanguage } from "../i18n/i18n.ts";
import type { BoardChanger } from "../model/changeBoard.ts";
import { MessagePage } from "../screens/MessagePage.tsx";
import type { Api } from "../sync/api.ts";
import type { Device } from "../sync/identity.ts";
import { LookProvider } from "../ui/LookProvider.tsx";
import type { Look } from "../ui/look.ts";
import { parseRoute, type Route } from "../ui/routes.ts";

const HomeScreen = lazy(async () => ({ default: (await import("../screens/HomeScreen.tsx")).HomeScreen }));
const JoinCodeScreen = lazy(async () => ({
  default: (await import("../screens/JoinCodeScreen.tsx")).JoinCodeScreen,
}));
const BoardScreen = lazy(async () => ({ default: (await import("../screens/BoardScreen.tsx")).BoardScreen }));
const WorkshopScreen = lazy(async () => ({
  default: (await import("../screens/WorkshopScreen.tsx")).WorkshopScreen,
}));

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
        device.rememberLanguage(next);
        void switchLanguage(next).then(() => setLanguage(next));
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
          <Suspense fallback={null}>
            <Page route={route} {...page} />
          </Suspense>
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
      return <HomeScreen {...page} />;
    case "join":
      return <JoinCodeScreen {...page} code={route.code} />;
    case "board":
      return (
        <BoardScreen
          key={`${route.boardId}#${route.key}`}
          {...page}
          boardId={route.boardId}
          boardKey={route.key}
        />
      );
    case "workshop":
      return (
        <WorkshopScreen key={route.key} {...page} workshopId={route.workshopId} workshopKey={route.key} />
      );
    case "unknown":
      return <MessagePage message={t("errors.pageNotFound")} onLanguage={page.onLanguage} />;
  }
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
