import { Api, type PromiseChance } from '@gestand/sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Chances, isLow } from './chance.svelte';

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-12-01T09:00:00Z') }));
afterEach(() => vi.useRealTimers());

function asking(answers: Array<Promise<PromiseChance>>) {
  const api = new Api();
  const asked = vi
    .spyOn(api, 'getPromisesChance')
    .mockImplementation(() => answers.shift() ?? Promise.reject(new Error('no more')));
  return { chances: new Chances(api), asked };
}
const known = (chance: number) => ({ is_known: true, chance }) as PromiseChance;
const due = new Date('2026-12-02T11:00:00Z');

test('a moment that is still being chosen is asked about once', async () => {
  const { chances, asked } = asking([Promise.resolve(known(0.6))]);
  for (const hour of ['09', '10', '11'])
    chances.ask({ kind: 'callback', team: null, due: new Date(`2026-12-02T${hour}:00:00Z`) });
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(asked).toHaveBeenCalledWith({ kind: 'callback', due: due.toISOString() });
  expect(chances.found?.chance).toBe(0.6);
});

test('a late answer to an earlier question is not shown', async () => {
  let answer: (found: PromiseChance) => void = () => {};
  const late = new Promise<PromiseChance>((done) => (answer = done));
  const { chances } = asking([late, Promise.resolve(known(0.9))]);
  chances.ask({ kind: 'visit', team: 'tem_1', due });
  await vi.advanceTimersByTimeAsync(300);
  chances.ask({ kind: 'visit', team: 'tem_1', due });
  await vi.advanceTimersByTimeAsync(300);
  answer(known(0.1));
  await vi.advanceTimersByTimeAsync(1);
  expect(chances.found?.chance).toBe(0.9);
});

test('without a moment, or with one that is past, it is asked for tomorrow', async () => {
  const { chances, asked } = asking([]);
  for (const moment of [null, new Date('2026-11-30T09:00:00Z')]) {
    chances.ask({ kind: 'visit', team: null, due: moment, of: 'prm_1' });
    await vi.advanceTimersByTimeAsync(300);
    expect(asked).toHaveBeenLastCalledWith({
      promise: 'prm_1',
      due: expect.stringMatching(/^2026-12-02T09:00:00/) as string,
    });
  }
  expect(chances.found).toBeNull();
});

test('nine in ten is enough, by what is shown', () => {
  expect(isLow(known(0.89))).toBe(true);
  expect(isLow(known(0.9))).toBe(false);
  expect(isLow({ is_known: false } as PromiseChance)).toBe(false);
});
