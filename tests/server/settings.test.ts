import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { environmentSchema, readSettings } from "../../server/settings.ts";

const moduleUrl = "file:///srv/tree/dist/server/main.js";

test("[R18] every setting has a default, and a bundle finds the client beside it", () => {
  const settings = readSettings({}, { moduleUrl });

  expect(settings).toMatchObject({ ok: true, value: { port: 8080, clientDir: "/srv/tree/dist/client" } });
});

test("[R18] all complaints come at once, also about what comes later", () => {
  const settings = readSettings(
    { PORT: "many", PUBLIC_URL: "ftp://x", DATABASE_URL: "postgres://x", SERVER_SECRET: "short" },
    { moduleUrl },
  );

  expect(settings.ok).toBe(false);
  const complaints = settings.ok ? "" : settings.error.join("\n");
  for (const name of ["PORT", "PUBLIC_URL", "DATABASE_URL", "SERVER_SECRET"])
    expect(complaints).toContain(name);
  expect(complaints).toContain("comes later");
});

test("[J12] a secret prints as hidden", () => {
  const settings = readSettings({ SERVER_SECRET: "s".repeat(40) }, { moduleUrl });

  expect(JSON.stringify(settings)).not.toContain("ssss");
  expect(`${settings.ok ? settings.value.serverSecret : ""}`).toBe("[hidden]");
});

test("[R18] .env.example lists exactly the settings there are", () => {
  const listed = [...readFileSync(".env.example", "utf8").matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);

  expect(listed.sort()).toEqual(Object.keys(environmentSchema.shape).sort());
});
