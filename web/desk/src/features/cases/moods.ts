// moods.ts — what the text of a customer says of them: how they feel, and whether it can wait.
import type { Case } from '@gestand/sdk';
import type { TextKey } from '../../app/text.svelte';

export type Emotion = NonNullable<Case['emotion']>;
export const EMOTIONS = ['anger', 'disappointment', 'worry', 'joy', 'neutral'] as const;

/** Only what doesn't wait its turn is told. */
export function urgencyOf(urgency: Case['urgency']): TextKey | undefined {
  if (urgency === 'critical') return 'urgency.critical';
  return urgency === 'high' ? 'urgency.high' : undefined;
}
