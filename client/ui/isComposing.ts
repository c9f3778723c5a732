import type { KeyboardEvent } from "react";

/** The key belongs to an input method. Safari says of the Enter that ends a composition only by 229 that it does. */
export function isComposing({ nativeEvent, keyCode }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || keyCode === 229;
}
