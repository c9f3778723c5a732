/** Hands a text to the browser to keep as a file; nothing is sent anywhere. */
export function saveFile(file: {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}): void {
  const url = URL.createObjectURL(new Blob([file.text], { type: file.type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.click();
  // The download has read the address by the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(url));
}
