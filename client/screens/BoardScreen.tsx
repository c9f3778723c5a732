import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BoardId } from "../../shared/board/ids.ts";
import type { BoardAnswer, JoinBoard } from "../../shared/workshop/api.ts";
import { mayDo } from "../../shared/workshop/permissions.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { openBoard } from "../model/openBoard.ts";
import type { ApiError } from "../sync/api.ts";
import { apiErrorWords } from "../ui/apiErrorWords.ts";
import { Button } from "../ui/Button.tsx";
import { useLook } from "../ui/LookProvider.tsx";
import { BoardLayout, prefetchSyllables, prefetchTree } from "./BoardLayout.tsx";
import type { PageProps } from "./HomeScreen.tsx";
import { type DeviceKind, JoinForm } from "./JoinForm.tsx";
import { LoadingPage } from "./LoadingPage.tsx";
import { MessagePage } from "./MessagePage.tsx";

export { prefetchTree };

export type BoardScreenProps = PageProps & { readonly boardId: BoardId; readonly boardKey: string };

type Opening =
  | { readonly state: "asking" }
  | { readonly state: "joining"; readonly answer: BoardAnswer; readonly error: string | null }
  | { readonly state: "open"; readonly model: BoardModel }
  | { readonly state: "refused"; readonly error: ApiError };

/** From a link to an open board: who may come in, who are you, and then the tree. */
export function BoardScreen(props: BoardScreenProps) {
  const { api, changeBoard, device, language, onLanguage, boardId, boardKey } = props;
  const { t } = useTranslation();
  const [opening, setOpening] = useState<Opening>({ state: "asking" });
  const [attempt, setAttempt] = useState(0);
  // As it was before the first answer was remembered.
  const [isFirstVisit] = useState(() => device.boardAnswer(boardId) === null);
  const { room } = useLook();
  const hasEntered = useRef(false);
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);

  const open = useCallback(
    (answer: BoardAnswer) => {
      prefetchSyllables(answer.workshop.language, { device, room });
      const model = openBoard({ api, device, boardId, boardKey, answer, isFirstVisit });
      setOpening({ state: "open", model });
    },
    [api, device, room, boardId, boardKey, isFirstVisit],
  );

  useEffect(() => prefetchTree(device, room), [device, room]);

  // Before anything is painted: the answer is on its way meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again
  useLayoutEffect(() => {
    let isCurrent = true;
    void api.readBoard(boardId, boardKey).then(async (fresh) => {
      if (!isCurrent) return;
      const remembered = device.boardAnswer(boardId);
      if (fresh.ok) device.rememberBoardAnswer(boardId, fresh.value);
      const answer = fresh.ok ? fresh.value : fresh.error.kind === "offline" ? remembered : null;
      if (answer === null) {
        if (!fresh.ok) setOpening({ state: "refused", error: fresh.error });
        return;
      }
      if (answer.role === "view" || device.participant(boardId) !== null) open(answer);
      else if (answer.role === "facilitate") await join({}, "own", answer);
      else setOpening({ state: "joining", answer, error: null });
    });
    return () => {
      isCurrent = false;
    };
  }, [api, device, boardId, boardKey, attempt]);

  // The facilitator's own key opens everything: what is handed on is the key to write along on this board.
  const role = opening.state === "open" ? opening.model.role : null;
  const workshopId = opening.state === "open" ? opening.model.workshop.get().workshop.id : null;
  const [contributeKey, setContributeKey] = useState<string | null>(null);
  const [joinCode, setJoinCode] = useState<string | null>(null);
  useEffect(() => {
    if (role !== "facilitate" || workshopId === null) return;
    void api.readWorkshop(workshopId, boardKey).then((read) => {
      const group = read.ok
        ? read.value.groups.find((candidate) => candidate.boardId === boardId)
        : undefined;
      setContributeKey(group?.keys?.contribute ?? null);
      setJoinCode(read.ok ? (read.value.workshop.joinCode ?? null) : null);
    });
  }, [api, boardId, boardKey, role, workshopId]);

  const model = opening.state === "open" ? opening.model : null;
  useEffect(() => () => model?.close(), [model]);

  // The door they stood at is gone: keyboard and screen reader go on behind it.
  useEffect(() => {
    if (model === null || !hasEntered.current) return;
    hasEntered.current = false;
    document.getElementById("board-main")?.focus({ preventScroll: true });
  }, [model]);

  async function enter(facts: JoinBoard, kind: DeviceKind, answer: BoardAnswer): Promise<void> {
    hasEntered.current = true;
    await join(facts, kind, answer);
  }

  async function join(facts: JoinBoard, kind: DeviceKind, answer: BoardAnswer): Promise<void> {
    const joined = await api.joinBoard(boardId, boardKey, facts);
    // Who left meanwhile is a person of this board, and opens nothing.
    if (!isHere.current) return;
    if (!joined.ok) {
      setOpening({ state: "joining", answer, error: apiErrorWords(joined.error.kind, t) });
      return;
    }
    device.rememberParticipant(boardId, {
      id: joined.value.participantId,
      token: joined.value.participantToken,
      voice: joined.value.voice,
      kind: kind === "shared" ? "screen" : isPhone() ? "phone" : "remote",
    });
    // Who scrolled down the questions at the door begins at the top of what is behind it.
    scrollTo(0, 0);
    open(answer);
  }

  async function changeMe(facts: JoinBoard): Promise<string | null> {
    const me = device.participant(boardId);
    if (me === null) return t("errors.notFound");
    const changed = await api.changeParticipant(
      { boardId, key: boardKey, id: me.id, token: me.token },
      facts,
    );
    if (!changed.ok) return apiErrorWords(changed.error.kind, t);
    device.rememberParticipant(boardId, { ...me, voice: changed.value.voice });
    return null;
  }

  async function unlock(): Promise<string | null> {
    const changed = await changeBoard(boardId, boardKey, { locked: false });
    return changed.ok ? null : apiErrorWords(changed.error.kind, t);
  }

  switch (opening.state) {
    case "asking":
      return <LoadingPage focus="individual" words={t("board.opening")} onLanguage={onLanguage} />;
    case "joining": {
      const group = opening.answer.groups.find((candidate) => candidate.boardId === boardId);
      if (group === undefined) throw new Error("a board without its group");
      return (
        <JoinForm
          group={group}
          error={opening.error}
          onLanguage={onLanguage}
          onJoin={(facts, kind) => enter(facts, kind, opening.answer)}
        />
      );
    }
    case "refused":
      return (
        <MessagePage message={apiErrorWords(opening.error.kind, t)} onLanguage={onLanguage}>
          <Button look="primary" onPress={() => setAttempt(attempt + 1)}>
            {t("common.tryAgain")}
          </Button>
        </MessagePage>
      );
    case "open":
      return (
        <BoardLayout
          model={opening.model}
          shareKey={role === "facilitate" ? contributeKey : boardKey}
          joinCode={joinCode}
          device={device}
          onChangeMe={changeMe}
          onUnlock={mayDo(opening.model.role, "manage") ? unlock : null}
          language={language}
          onLanguage={onLanguage}
        />
      );
  }
}

/** A finger and a small screen. */
function isPhone(): boolean {
  return matchMedia("(pointer: coarse) and (max-width: 46rem), (max-width: 30rem)").matches;
}
