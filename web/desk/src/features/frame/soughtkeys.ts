// soughtkeys.ts — the keys of which somebody typed what they do, or the keys themselves.
import { shownKey } from '@gestand/kit';
import type { Binding } from '../../app/keys';
import { t } from '../../app/text.svelte';
import { folded } from '../search/marks';

export function isSought({ label, keys, also = [], shown = [] }: Binding, sought: string): boolean {
  const words = folded(sought).split(/\s+/).filter(Boolean);
  const names = [keys, ...also, ...shown].map((one) => `${one} ${shownKey(one)}`);
  const said = folded([t(label), ...names].join(' '));
  return words.every((word) => said.includes(word));
}
