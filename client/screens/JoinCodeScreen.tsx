import { ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { JoinCodeAnswer } from "../../shared/workshop/api.ts";
import type { ApiError } from "../sync/api.ts";
import { apiErrorWords } from "../ui/apiErrorWords.ts";
import { Button } from "../ui/Button.tsx";
import { FocusPicture } from "../ui/FocusPicture.tsx";
import { navigate } from "../ui/navigate.ts";
import { boardPath } from "../ui/routes.ts";
import type { PageProps } from "./HomeScreen.tsx";
import { LandscapePage } from "./LandscapePage.tsx";
import { MessagePage } from "./MessagePage.tsx";
import { Topline } from "./Topline.tsx";

type Found =
  | { readonly state: "looking" }
  | { readonly state: "found"; readonly answer: JoinCodeAnswer }
  | { readonly state: "refused"; readonly error: ApiError };

/** Behind a join code: which group are you in? */
export function JoinCodeScreen({ api, onLanguage, code }: PageProps & { readonly code: string }) {
  const { t } = useTranslation();
  const [found, setFound] = useState<Found>({ state: "looking" });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt looks again
  useEffect(() => {
    let isCurrent = true;
    void api.lookUpJoinCode(code).then((answer) => {
      if (!isCurrent) return;
      setFound(
        answer.ok ? { state: "found", answer: answer.value } : { state: "refused", error: answer.error },
      );
    });
    return () => {
      isCurrent = false;
    };
  }, [api, code, attempt]);

  if (found.state === "refused") {
    const isWrong = found.error.kind === "notFound";
    return (
      <MessagePage
        message={isWrong ? t("home.codeWrong") : apiErrorWords(found.error.kind, t)}
        onLanguage={onLanguage}
      >
        <Button look="primary" onPress={() => (isWrong ? navigate("/") : setAttempt(attempt + 1))}>
          {t("common.tryAgain")}
        </Button>
      </MessagePage>
    );
  }
  return (
    <LandscapePage focus="community">
      <Topline onLanguage={onLanguage} />
      <main className="centre-sheet">
        <section className="sheet paper">
          {found.state === "looking" ? (
            <>
              <p className="visually-hidden" role="status">
                {t("common.loading")}
              </p>
              <div className="skeleton" aria-hidden="true">
                <span />
                <span className="tall" />
                <span className="tall" />
                <span className="tall" />
              </div>
            </>
          ) : (
            <>
              <p className="lead">{found.answer.workshop.title}</p>
              <h1>{t("join.chooseGroup")}</h1>
              <ul className="group-cards">
                {found.answer.groups.map((group) => (
                  <li key={group.id}>
                    <a className="group-card" href={boardPath(group.boardId, group.keys.contribute)}>
                      <FocusPicture focus={group.focus} size={52} />
                      <span>
                        <strong>{group.name}</strong>
                        {t(`focus.${group.focus}`)}
                        <span className="hint">
                          {" · "}
                          {group.connections === 0
                            ? t("join.nobodyYet")
                            : t("join.devicesHere", { count: group.connections })}
                        </span>
                      </span>
                      <ChevronRight aria-hidden="true" />
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      </main>
    </LandscapePage>
  );
}
