// offer.svelte.ts — what the composer of the open case lets others do with what stands in it.
import type { Desk } from '../../app/desk.svelte';

export interface Offer {
  isReady: boolean;
  canAttach: boolean;
  isForTeam: boolean;
  send: () => Promise<void>;
  sendAs: () => void;
  attach: () => void;
}

/** As long as the component that says it is there. */
export function offer(
  desk: Desk,
  now: () => Pick<Offer, 'isReady' | 'canAttach' | 'isForTeam'>,
  does: Pick<Offer, 'send' | 'sendAs' | 'attach'>,
) {
  $effect(() => {
    desk.composer = { ...now(), ...does };
  });
  $effect(() => () => (desk.composer = null));
}
