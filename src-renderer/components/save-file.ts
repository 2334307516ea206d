type MediaType = 'text/csv' | 'text/plain' | 'text/markdown' | 'text/html' | 'application/json';

/** Hands a text to the person as a file: the browser, or the desktop's dialog, asks where to. */
export function saveFile(name: string, type: MediaType, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the text over by the time the click returns; a moment later nobody needs the address.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
