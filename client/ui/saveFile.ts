/** Hands a text to the browser to keep as a file; nothing is sent anywhere. */
export function saveFile(file: {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}): void {
  saveBlob(file.name, new Blob([file.text], { type: file.type }));
}

/** The same for bytes of any kind. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has read the address by the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(url));
}
