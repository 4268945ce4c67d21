// moods.ts — what the text of a customer says of them: how they feel, and whether it can wait; and
// what a colleague decided of that.
import type { Case } from '@gestand/sdk';
import type { TextKey } from '../../app/text.svelte';

export type Emotion = NonNullable<Case['emotion']>;
export const EMOTIONS = ['anger', 'disappointment', 'worry', 'joy', 'neutral'] as const;

export const PRIORITIES = ['critical', 'high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

type Weighed = Pick<Case, 'priority' | 'urgency'>;

/** A colleague's word goes before what the customer's words say. */
export function priorityOf({ priority, urgency }: Weighed): Priority {
  return priority === 'judged' ? (urgency ?? 'normal') : priority;
}

/** Only what doesn't wait its turn is told. */
export function urgencyOf(one: Weighed): TextKey | undefined {
  const priority = priorityOf(one);
  return priority === 'critical' || priority === 'high' ? `urgency.${priority}` : undefined;
}
