// signature.ts — the signature under what goes to a customer.

/** What goes out. */
export function signed(text: string, signature: string): string {
  return signature ? `${text.trim()}\n\n${signature}` : text.trim();
}

/** What somebody wrote of it. */
export function unsigned(text: string, signature: string): string {
  const end = `\n\n${signature}`;
  return signature && text.endsWith(end) ? text.slice(0, -end.length) : text;
}
