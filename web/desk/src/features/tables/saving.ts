// saving.ts — what the desk made becomes a file of the user's.

/** Long enough for any browser to have taken it. */
const KEPT_MS = 60_000;

export function saveAs(content: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
