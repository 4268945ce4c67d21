// words.ts — what is told of something that went wrong.
import { ApiError } from '@gestand/sdk';

import { reasons } from './reasons.svelte';
import { t } from './text.svelte';

export function wordsOf(error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.unknown');
  if (error.isOffline) return t('error.offline');
  const words = reasons.say(error.fields[0]?.detail ?? error.message);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
