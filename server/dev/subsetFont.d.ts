declare module "subset-font" {
  const subsetFont: (
    font: Uint8Array,
    text: string,
    options: {
      readonly targetFormat: "woff2" | "truetype";
      readonly variationAxes: Readonly<Record<string, number>>;
      readonly noLayoutClosure: boolean;
    },
  ) => Promise<Uint8Array>;

  export { subsetFont as default };
}
