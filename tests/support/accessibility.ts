import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

export type AccessibilityOptions = {
  /** Looks only inside the first element that this selector finds. */
  readonly within?: string;
  /** Asks for the contrast of AAA (7:1) too, as the look of strong contrast promises. */
  readonly asksStrongContrast?: boolean;
};

/**
 * What axe finds on the page that is serious or critical, a line for each element.
 *
 * Legacy mode is axe inside the page and nowhere else: the other way opens an empty page for each report, to join the
 * frames of a site, and takes three times as long. The product has no frames.
 */
export async function seriousFaults(
  page: Page,
  { within, asksStrongContrast = false }: AccessibilityOptions = {},
): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({
    resultTypes: ["violations"],
    rules: { "color-contrast-enhanced": { enabled: asksStrongContrast } },
  });
  const { violations, passes } = await (within === undefined ? axe : axe.include(within)).analyze();
  if (passes.length === 0) throw new Error("axe found nothing to look at");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.any[0]?.message ?? ""}`));
}
