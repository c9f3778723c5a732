/** Phones fetch nothing for keys that they do not have. */
export const hasKeyboard = matchMedia("(any-pointer: fine)").matches;
