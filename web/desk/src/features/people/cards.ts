// cards.ts — what is told of a customer beside the case, in the order of who reads it.
import type { Identity } from '@gestand/sdk';

export const CARDS = [
  'promises',
  'tasks',
  'mood',
  'effort',
  'about',
  'records',
  'others',
  'addresses',
] as const;
export type Card = (typeof CARDS)[number];

/** As it was kept; a card that is new since then comes last. */
export function orderOf(kept: string): Card[] {
  const names = kept.split(',');
  const known = CARDS.filter((card) => names.includes(card));
  const inOrder = known.sort((a, b) => names.indexOf(a) - names.indexOf(b));
  return [...inOrder, ...CARDS.filter((card) => !inOrder.includes(card))];
}

/** The same with one of them at another place, as it's kept. */
export function moved(order: readonly Card[], card: Card, to: number): string {
  const others = order.filter((one) => one !== card);
  const at = Math.max(0, Math.min(to, others.length));
  return [...others.slice(0, at), card, ...others.slice(at)].join(',');
}

/** Written like another one that is of another kind, as who is known elsewhere by his mail address:
 * then the kind tells them apart. */
type Written = Pick<Identity, 'id' | 'label' | 'value'>;
export function isTwice(one: Written, all: readonly Written[]): boolean {
  const words = ({ label, value }: Written) => (label ?? value).toLowerCase();
  return all.some((other) => other.id !== one.id && words(other) === words(one));
}

/** Of a chat: an id of ours that says nothing to anybody. */
export function isVisitor({ kind, value }: Pick<Identity, 'kind' | 'value'>): boolean {
  return kind === 'external' && value.startsWith('vis_');
}
