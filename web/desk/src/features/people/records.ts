// records.ts — what people read of a record, by the words of its type.
import type { RecordType, StoredRecord } from '@gestand/sdk';

export function statusOf(type: RecordType | undefined, status: string): string {
  return type?.statuses?.find(({ name }) => name === status)?.label ?? status;
}

/** The fields of the type, in its order, as far as the record has them. */
export function valuesOf(type: RecordType | undefined, data: StoredRecord['data']) {
  const has = (data ?? {}) as { [name: string]: unknown };
  return (type?.fields ?? []).flatMap(({ name, label }) => {
    const value = has[name];
    const isText = typeof value === 'string' || typeof value === 'number';
    return isText && value !== '' ? [{ label, value: String(value) }] : [];
  });
}
