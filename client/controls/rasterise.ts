import { type Result, refuse, succeed } from "../../shared/result.ts";

export type RasteriseError = { readonly kind: "noPicture" } | { readonly kind: "noRoom" };

/** Browsers refuse canvases with longer sides, or give an empty one. */
const longestSide = 8192;
/** An SVG brings its letters along, and some browsers need a moment before they draw with them. */
const fontsArriveMs = 150;

/** SVG to PNG; `scale` in pixels per pixel of the SVG, less where this device has no room for so many. */
export async function svgToPng(svg: string, scale: number): Promise<Result<Blob, RasteriseError>> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    return refuse({ kind: "noPicture" });
  } finally {
    URL.revokeObjectURL(url);
  }
  await new Promise((resolve) => setTimeout(resolve, fontsArriveMs));

  const most = longestSide / Math.max(image.naturalWidth, image.naturalHeight);
  for (let tried = Math.min(scale, most); tried >= 0.5; tried /= 2) {
    const png = await drawn(image, tried);
    if (png !== null) return succeed(png);
  }
  return refuse({ kind: "noRoom" });
}

function drawn(image: HTMLImageElement, scale: number): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  const context = canvas.getContext("2d");
  if (context === null) return Promise.resolve(null);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => {
    canvas.toBlob((blob) => {
      // Gives the memory back at once: the next try, or the next picture, needs it.
      canvas.width = 0;
      resolve(blob);
    }, "image/png");
  });
}
