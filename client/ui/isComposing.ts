/** The key belongs to an input method. Safari says of the Enter that ends a composition only by 229 that it does. */
export function isComposing({ isComposing: isSaid, keyCode }: KeyboardEvent): boolean {
  return isSaid || keyCode === 229;
}
