import type { TFunction } from "i18next";

/** The sentence for a refusal of the server, by its kind. */
export function apiErrorWords(
  kind: "offline" | "notFound" | "forbidden" | "tooMany" | "invalid" | "newerVersion" | "failed",
  t: TFunction,
): string {
  if (kind === "newerVersion") return t("workshop.importVersion");
  return t(`errors.${kind}`);
}
