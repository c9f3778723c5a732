/** Puts a picture that is still being made into the clipboard: asked for at once, as browsers demand of a press. */
export async function copyPng(making: Promise<Blob | null>): Promise<"copied" | "copyRefused" | "failed"> {
  // Without TLS, and in some older browsers, a page has no clipboard for pictures.
  if (typeof ClipboardItem === "undefined" || navigator.clipboard?.write === undefined) {
    await making;
    return "copyRefused";
  }
  let isMade = true;
  const png = making.then((blob) => {
    if (blob === null) {
      isMade = false;
      throw new Error("no picture");
    }
    return blob;
  });
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
    return "copied";
  } catch {
    return isMade ? "copyRefused" : "failed";
  }
}
