import type { Polygon } from "../board/geometry.ts";
import type { Template } from "./template.ts";
import outlines from "./treeOutlines.json" with { type: "json" };

/** The tree of collaboration. The outlines come from the same drawing as the backdrop, see server/dev/drawTree. */
export const treeTemplate: Template = {
  id: "tree",
  version: "1.0.0",
  title: { nl: "Boom van de samenwerking", en: "Tree of collaboration" },
  world: { width: 3200, height: 2000 },
  noteSize: { width: 320, height: 200 },
  zones: [
    {
      id: "roots",
      order: 1,
      outline: polygon(outlines.roots),
      anchor: { x: 1840, y: 1560 },
      title: { nl: "Wortels", en: "Roots" },
      noteStyle: { paper: "#F6E3B4", ink: "#2B2118" },
    },
    {
      id: "wateringCan",
      order: 2,
      outline: polygon(outlines.wateringCan),
      anchor: { x: 480, y: 960 },
      title: { nl: "Gieter", en: "Watering can" },
      noteStyle: { paper: "#D6ECF7", ink: "#2B2118" },
    },
    {
      id: "fruits",
      order: 3,
      outline: polygon(outlines.fruits),
      anchor: { x: 2090, y: 480 },
      title: { nl: "Vruchten", en: "Fruits" },
      noteStyle: { paper: "#FBD3C6", ink: "#2B2118" },
    },
    {
      id: "unplaced",
      order: 4,
      outline: polygon([
        [30, 20],
        [1050, 20],
        [1050, 452],
        [30, 452],
      ]),
      anchor: { x: 540, y: 240 },
      title: { nl: "Naast de boom", en: "Beside the tree" },
      noteStyle: { paper: "#FFFDF7", ink: "#2B2118" },
    },
  ],
  focuses: {
    individual: {
      title: { nl: "Individueel", en: "Individual" },
      about: { nl: "Samen een gezin ondersteunen", en: "Supporting one family together" },
      questions: {
        roots: {
          nl: "Wat moet er zijn om samen een gezin te steunen?",
          en: "What must be there to support a family together?",
        },
        wateringCan: {
          nl: "Wat houdt onze samenwerking rond een gezin in leven?",
          en: "What keeps our work around a family alive?",
        },
        fruits: {
          nl: "Wat levert het op, voor het gezin en voor ons?",
          en: "What does it yield, for the family and for us?",
        },
        unplaced: { nl: "Waar past dit nog niet?", en: "What has no place yet?" },
      },
    },
    community: {
      title: { nl: "Gemeenschap", en: "Community" },
      about: { nl: "Samen bouwen aan de gemeenschap", en: "Building the community together" },
      questions: {
        roots: {
          nl: "Wat moet er zijn om samen aan de gemeenschap te bouwen?",
          en: "What must be there to build the community together?",
        },
        wateringCan: {
          nl: "Wat houdt de samenwerking in de gemeenschap in leven?",
          en: "What keeps working together in the community alive?",
        },
        fruits: {
          nl: "Wat levert het op, voor de hele gemeenschap?",
          en: "What does it yield, for the whole community?",
        },
        unplaced: { nl: "Waar past dit nog niet?", en: "What has no place yet?" },
      },
    },
  },
};

/** Templates by the id that a board's row names. */
export const templates: ReadonlyMap<string, Template> = new Map([[treeTemplate.id, treeTemplate]]);

function polygon(corners: readonly (readonly number[])[]): Polygon {
  return corners.map((corner) => {
    const [x, y] = corner;
    if (x === undefined || y === undefined) throw new Error("an outline needs pairs of numbers");
    return { x, y };
  });
}
