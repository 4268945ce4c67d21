import type { RecordType } from '@gestand/sdk';
import { expect, test } from 'vitest';
import { statusOf, valuesOf } from './records';

const type = {
  fields: [
    { name: 'carrier', label: 'Vervoerder' },
    { name: 'pieces', label: 'Colli' },
  ],
  statuses: [{ name: 'sent', label: 'Verzonden' }],
} as unknown as RecordType;

test('a status is said in the words of its type, or as it came', () => {
  expect(statusOf(type, 'sent')).toBe('Verzonden');
  expect(statusOf(type, 'lost')).toBe('lost');
  expect(statusOf(undefined, 'sent')).toBe('sent');
});

test('of a record its fields are shown, in the order of its type', () => {
  expect(valuesOf(type, { pieces: 2, carrier: 'X', secret: 'y' })).toEqual([
    { label: 'Vervoerder', value: 'X' },
    { label: 'Colli', value: '2' },
  ]);
  expect(valuesOf(type, { carrier: {}, pieces: '' })).toEqual([]);
  expect(valuesOf(undefined, null)).toEqual([]);
});
