/** Takes the pixels of a canvas, which browsers keep until somebody collects it, and that may be never. */
export function letGo(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
