declare module "hyphen/nl" {
  export const hyphenateSync: (
    text: string,
    options?: { readonly hyphenChar?: string; readonly minWordLength?: number },
  ) => string;
}
declare module "hyphen/en-gb" {
  export { hyphenateSync } from "hyphen/nl";
}
