/** Every seed that ever failed stays here with its cause; the first one only keeps the table from being empty. */
export const failingConnectionSeeds: readonly { readonly seed: number; readonly cause: string }[] = [
  { seed: 1, cause: "none: the first seed ever played" },
];
