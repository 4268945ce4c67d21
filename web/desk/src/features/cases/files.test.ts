import type { File } from '@gestand/sdk';
import { expect, test } from 'vitest';
import { isPicture, isShown } from './files';

const file = (more: Partial<File>): File => ({
  id: 'fil_1',
  message_id: null,
  note_id: null,
  user_id: null,
  name: 'foto',
  type: 'image/jpeg',
  size: 3_000_000,
  received: 3_000_000,
  is_inline: false,
  created_at: '2026-11-29T10:00:00.000Z',
  ...more,
});

test('a photo is shown, also one that its mail says to be inline but names nowhere', () => {
  expect(isPicture(file({}))).toBe(true);
  expect(isPicture(file({ is_inline: true }))).toBe(true);
  expect(isPicture(file({ is_inline: true, content_id: 'logo@mail' }))).toBe(false);
});

test('what no browser shows is saved, and what is very large is shown when it is asked for', () => {
  expect(isShown(file({ type: 'image/heic' }))).toBe(false);
  expect(isPicture(file({ type: 'image/heic' }))).toBe(false);
  const large = file({ size: 30_000_000 });
  expect([isPicture(large), isShown(large)]).toEqual([false, true]);
});
