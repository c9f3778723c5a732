/** The value below which this part (0 to 1) of the values lies, to a tenth; NaN of nothing. */
export function partOf(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return Math.round(value * 10) / 10;
}
