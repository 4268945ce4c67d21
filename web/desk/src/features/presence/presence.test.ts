import { Api, type Presence as Present } from '@gestand/sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Presence } from './presence.svelte';

const page = { hidden: false, shown: () => {} };
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', {
    get hidden() {
      return page.hidden;
    },
    addEventListener: (_: string, shown: () => void) => (page.shown = shown),
    removeEventListener: () => (page.shown = () => {}),
  });
});
afterEach(() => {
  page.hidden = false;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function there(user_id: string, state: Present['state'], second: number): Present {
  const at = `2026-11-29T10:00:0${second}.000Z`;
  return { case_id: 'cas_1', user_id, state, since: at, until: at };
}

function desk(...all: Present[]) {
  const api = new Api();
  const asked = vi.spyOn(api, 'getPresence').mockResolvedValue({ items: all, next: null });
  const said = vi.spyOn(api, 'putCasesByIdPresence').mockResolvedValue(there('me', 'open', 0));
  const left = vi.spyOn(api, 'deleteCasesByIdPresence').mockResolvedValue(undefined);
  const presence = new Presence(api, () => 'me');
  presence.all = all;
  return { presence, asked, said, left };
}
const states = (said: ReturnType<typeof desk>['said']) =>
  said.mock.calls.map(([, { state }]) => state);

test('the first who types to the customer answers, and closes an empty composer of others', () => {
  const { presence } = desk(there('joost', 'typing', 2), there('bas', 'typing', 1));
  expect(presence.answering('cas_1')?.user_id).toBe('bas');
  expect(presence.locks('cas_1', '')).toBe(true);
  expect(presence.locks('cas_1', 'Dag')).toBe(false);
  expect(presence.locks('cas_2', '')).toBe(false);
});

test('who began before the others is stopped by nobody, nor by who writes a note', () => {
  const first = desk(there('me', 'typing', 1), there('bas', 'typing', 2));
  expect(first.presence.answering('cas_1')).toBeNull();
  const note = desk(there('bas', 'typing_note', 1));
  expect(note.presence.locks('cas_1', '')).toBe(false);
  expect(note.presence.othersIn('cas_1')).toHaveLength(1);
});

test('many letters are one word to the server, and a pause another', async () => {
  const { presence, said } = desk();
  presence.enter('cas_1');
  await vi.advanceTimersByTimeAsync(1000);
  for (let i = 0; i < 50; i++) {
    presence.typed(false);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(states(said)).toEqual(['open', 'typing']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(states(said).slice(2).at(-1)).toBe('open');
  expect(said.mock.calls.length).toBeLessThan(8);
});

test('who only walks by says nothing, and a page out of sight is not there', async () => {
  const { presence, said, left } = desk();
  presence.enter('cas_1')();
  await vi.advanceTimersByTimeAsync(5000);
  expect(said).not.toHaveBeenCalled();
  expect(left).not.toHaveBeenCalled();
  const leave = presence.enter('cas_2');
  await vi.advanceTimersByTimeAsync(1000);
  page.hidden = true;
  page.shown();
  expect(left).toHaveBeenLastCalledWith('cas_2');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(states(said)).toEqual(['open']);
  leave();
});

test('many words from the stream are one question', async () => {
  const { presence, asked } = desk();
  for (let i = 0; i < 20; i++) presence.refresh();
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveBeenCalledTimes(1);
});
