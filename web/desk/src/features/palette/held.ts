// held.ts — what the palette does with what the open case holds: its promises, and its newest message.
import { Bookmark, Smile } from '@gestand/kit';
import type { CustomerPromise } from '@gestand/sdk';

import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import { EMOTIONS } from '../cases/moods';
import { whenOf } from '../promises/promises';
import { keep } from '../promises/settling';
import { correct, wordOf, type Correction } from '../understanding/correcting';
import { INTENTS } from '../understanding/intents';

import type { Command } from './commands';

/** Those of the open case that are owed: kept, moved or withdrawn. */
export function promiseCommands(desk: Desk, owed: readonly CustomerPromise[]): Command[] {
  return owed.flatMap((one): Command[] => {
    const line = (act: 'keep' | 'move' | 'withdraw', run: () => void): Command => ({
      id: `promise.${act}.${one.id}`,
      group: 'case',
      label: t('palette.of', { act: t(`promise.${act}`), words: one.words }),
      hint: whenOf(one),
      icon: Bookmark,
      run,
    });
    return [
      line('keep', () => void keep(desk, one, () => desk.casefile.refresh())),
      line('move', () => (desk.settling = { of: one, act: 'move' })),
      line('withdraw', () => (desk.settling = { of: one, act: 'withdraw' })),
    ];
  });
}

/** What the customer's newest message says, in other words than it was understood. */
export function moodCommands(desk: Desk): Command[] {
  const message = desk.casefile.timeline.findLast(({ understood }) => understood);
  const judged = message?.understood;
  if (!judged) return [];
  const all: Correction[] = [
    ...EMOTIONS.map((value) => ({ subject: 'emotion' as const, value })),
    ...INTENTS.map((value) => ({ subject: 'intent' as const, value })),
  ];
  return all
    .filter(({ subject, value }) => judged[subject] !== value)
    .map((one) => ({
      id: `correct.${one.subject}.${one.value}`,
      group: 'case',
      label: t('palette.of', { act: t(`judged.${one.subject}`), words: wordOf(one) }),
      hint: (message.text ?? '').slice(0, 80),
      icon: Smile,
      run: () => void correct(desk, message.id, judged, one),
    }));
}
