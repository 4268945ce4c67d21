// pending.ts — what is on its way stands in the timeline at once.
import type { TimelineItem } from '../cases/casefile.svelte';
import type { Draft } from './draft.svelte';

export function itemsOf(drafts: readonly Draft[], userId: string): TimelineItem[] {
  return drafts.flatMap(({ pending, kind }) => {
    if (!pending) return [];
    const at = new Date(pending.since).toISOString();
    const item = { id: `sending-${kind}`, at, actor_kind: 'user' as const, user_id: userId };
    const { text } = pending.content;
    return kind === 'note'
      ? [{ ...item, kind: 'note', text }]
      : [{ ...item, kind: 'message', text, direction: 'out' as const, state: 'queued' as const }];
  });
}
