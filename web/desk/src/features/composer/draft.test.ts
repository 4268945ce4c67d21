import { Api } from '@gestand/sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EMPTY } from './content';
import { Draft } from './draft.svelte';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {}, removeItem: () => {} });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function written(text: string) {
  const api = new Api();
  const put = vi.spyOn(api, 'putCasesByIdDraftsByKindSending').mockResolvedValue({} as never);
  vi.spyOn(api, 'putCasesByIdDraftsByKind').mockResolvedValue({ version: 1 } as never);
  const told = { held: vi.fn(), over: vi.fn(), failed: vi.fn() };
  const draft = new Draft(api, told, 'usr_1', 'cas_1', 'reply');
  draft.write({ text });
  return { draft, put };
}

test('what is on its way is not sent once more, and what is begun behind it stays', async () => {
  const { draft, put } = written('Wij komen.');
  const { content } = draft;
  expect(draft.isStill(content)).toBe(true);
  await draft.send(content);
  expect(draft.isStill(content)).toBe(false);
  draft.write({ text: 'Tot dan.' });
  await draft.send(content);
  expect(put).toHaveBeenCalledTimes(1);
  expect(draft.content.text).toBe('Tot dan.');
  draft.stop();
});

test('what was changed since is not what was to go', () => {
  const { draft } = written('Wij komen.');
  const { content } = draft;
  draft.write({ text: 'Wij komen niet.' });
  expect(draft.isStill(content)).toBe(false);
  expect(draft.isStill({ ...EMPTY, text: 'Wij komen niet.' })).toBe(true);
  draft.stop();
});
