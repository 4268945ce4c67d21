// moments.ts — a moment that may not have been yet.
import { momentOf } from '../../app/time.svelte';

export function whenOf(text: string | null): string {
  return text ? momentOf(text) : '';
}
