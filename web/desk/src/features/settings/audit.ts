// audit.ts — what can be looked for in history by its kind, and up to which day.

/** Who looked, who came in, and what gives others rights; the rest is found by who did it. */
export const KINDS = [
  'audit.case_read',
  'audit.person_read',
  'audit.record_read',
  'audit.file_read',
  'audit.people_exported',
  'audit.records_exported',
  'audit.envelope_read',
  'audit.outbox_read',
  'audit.secret_read',
  'audit.read',
  'audit.login',
  'audit.login_failed',
  'audit.logout',
  'audit.second_step_failed',
  'audit.recovery_code_used',
  'token.added',
  'token.revoked',
  'message.queued',
] as const;

/** The end of a day as it's written, where one sits; none: until now. */
export function endOf(day: string): string | undefined {
  const end = new Date(`${day}T00:00`);
  if (Number.isNaN(end.getTime())) return undefined;
  end.setDate(end.getDate() + 1);
  return end.toISOString();
}
