// addresses.ts — to whom a mail goes, as somebody writes it.
import type { TimelineItem } from '../cases/casefile.svelte';

/** What stands between commas, semicolons and blanks. */
export function addressesOf(written: string): string[] {
  return written.split(/[,;\s]+/).filter(Boolean);
}

/** As the server has it: something before one @, and a domain. */
export function isAddress(written: string): boolean {
  return /^[^\s@<>(),;:\\"[\]]{1,64}@[^\s@<>(),;:\\"[\].-][^\s@<>(),;:\\"[\]]*$/.test(written);
}

/** Whoever wrote last: whom an answer goes to by itself. */
export function usualOf(timeline: readonly TimelineItem[]): string {
  const newest = timeline.findLast(({ direction }) => direction === 'in');
  const parties = newest?.parties;
  return parties?.reply_to?.[0]?.address || parties?.from?.[0]?.address || '';
}

/** Who else the customer's newest mail went to: people whom an answer would leave out. */
export function copiedOf(timeline: readonly TimelineItem[], own: readonly string[]): string[] {
  const parties = timeline.findLast(({ direction }) => direction === 'in')?.parties;
  const known = new Set([...own, usualOf(timeline)].map((one) => one.toLowerCase()));
  const others: string[] = [];
  for (const { address } of [...(parties?.to ?? []), ...(parties?.cc ?? [])]) {
    if (!address || !isAddress(address) || known.has(address.toLowerCase())) continue;
    known.add(address.toLowerCase());
    others.push(address);
  }
  return others;
}
