// reasons.ts — why two may be one person, in words.
import type { Duplicate } from '@gestand/sdk';

import { t } from '../../app/text.svelte';

type Reason = 'same_address' | 'name_mail' | 'name_phone' | 'name_postcode' | 'name_domain';

export function reasonsOf(reasons: Duplicate['reasons']): string {
  return Object.entries(reasons ?? {})
    .map(([reason, value]) => t(`reason.${reason as Reason}`, { value: String(value) }))
    .join(', ');
}

/** How sure it is, and why. */
export function whyOf({ is_sure: isSure, score, reasons }: Duplicate): string {
  return `${isSure ? t('person.sure') : t('person.score', { score })}, ${reasonsOf(reasons)}`;
}
