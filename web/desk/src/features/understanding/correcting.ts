// correcting.ts — a person says what a message says, with the way back.
import type { Judgement } from '@gestand/sdk';
import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import type { Emotion } from '../cases/moods';
import type { Intent } from './intents';

export type Correction =
  { subject: 'emotion'; value: Emotion } | { subject: 'intent'; value: Intent };

export function wordOf(correction: Correction): string {
  return correction.subject === 'emotion'
    ? t(`emotion.${correction.value}`)
    : t(`intent.${correction.value}`);
}

export async function correct(
  desk: Desk,
  messageId: string,
  judged: Judgement,
  correction: Correction,
) {
  const { subject, value } = correction;
  const was = judged[subject];
  if (value === was) return;
  // What a machine said comes back when the correction goes; what a person said is said again.
  const before = judged.corrected.includes(subject) ? was : null;
  const { casefile, toasts } = desk;
  if (!(await desk.attempt(casefile.correct(messageId, subject, value)))) return;
  toasts.say(t('judged.corrected', { word: wordOf(correction) }), {
    label: t('undo'),
    run: () => void desk.attempt(casefile.correct(messageId, subject, before)),
  });
}
