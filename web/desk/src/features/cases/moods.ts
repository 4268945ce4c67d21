// moods.ts — how the customer feels, as a face; neutral has none.
import { Angry, Annoyed, Frown, Smile } from '@gestand/kit';
import type { Case } from '@gestand/sdk';
import type { Component } from 'svelte';
import type { TextKey } from '../../app/text.svelte';

export type Emotion = NonNullable<Case['emotion']>;
export const EMOTIONS = ['anger', 'disappointment', 'worry', 'joy', 'neutral'] as const;

export interface Mood {
  icon: Component;
  /** Of its colour, too. */
  name: 'anger' | 'disap' | 'worry' | 'joy';
  label: TextKey;
}
const MOODS: Partial<Record<Emotion, Mood>> = {
  anger: { icon: Angry, name: 'anger', label: 'emotion.anger' },
  disappointment: { icon: Frown, name: 'disap', label: 'emotion.disappointment' },
  worry: { icon: Annoyed, name: 'worry', label: 'emotion.worry' },
  joy: { icon: Smile, name: 'joy', label: 'emotion.joy' },
};

export function moodOf(emotion: Case['emotion']): Mood | undefined {
  return emotion && MOODS[emotion];
}

/** Only what doesn't wait its turn is told. */
export function urgencyOf(urgency: Case['urgency']): TextKey | undefined {
  if (urgency === 'critical') return 'urgency.critical';
  return urgency === 'high' ? 'urgency.high' : undefined;
}
