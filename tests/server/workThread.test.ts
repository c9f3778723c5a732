import { expect, test } from "vitest";
import { createThreadedExporter } from "../../server/threads/threadedExporter.ts";
import { privacyLevels } from "../../shared/export/boardExport.ts";
import { createExportState, exampleBoardId } from "../support/exportBoards.ts";

test("[J22] a question to the exporter that fails is answered as that, and those behind it are answered too", async () => {
  const exporter = createThreadedExporter();
  const question = {
    stored: [],
    boardId: exampleBoardId,
    state: createExportState(),
    privacy: privacyLevels[1],
    exportedAt: 0,
    exportedBy: "contribute",
  } as const;
  const nowhere = { ...question, state: { ...question.state, groups: [] } };

  const [before, wrong, after] = await Promise.allSettled([
    exporter.json(question),
    exporter.json(nowhere),
    exporter.json(question),
  ]);
  const later = await exporter.json(question);
  await exporter.close();

  expect([before.status, wrong.status, after.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(wrong.status === "rejected" && String(wrong.reason)).toContain("no template");
  expect(JSON.parse(later)).toHaveProperty("notes", []);
});
