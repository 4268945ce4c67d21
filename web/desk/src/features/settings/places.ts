// places.ts — where in the settings something stands.
import { addressOf, type Place } from '../../app/router.svelte';

/** Stands where an id would: what isn't there yet. */
export const NEW = 'new';

export function placeOn(page: string, item?: string): Place {
  return { view: 'settings', reference: page, item };
}
export function addressOn(page: string, item?: string): string {
  return addressOf(placeOn(page, item));
}
