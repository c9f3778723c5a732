declare module "hyphen/nl/index.js" {
  const hyphenation: {
    readonly hyphenateSync: (
      text: string,
      options?: { readonly hyphenChar?: string; readonly minWordLength?: number },
    ) => string;
  };

  export { hyphenation as default };
}
declare module "hyphen/en-gb/index.js" {
  export { default } from "hyphen/nl/index.js";
}
