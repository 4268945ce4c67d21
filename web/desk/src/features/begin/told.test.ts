import type { Case } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import type { Desk } from '../../app/desk.svelte';
import { toldOf } from './told';

/** What becomes of the desk once what was begun is there. */
function afterIt(isGoingOn: boolean, page = 'new') {
  const go = vi.fn();
  const say = vi.fn();
  const toasts = { say, remove: vi.fn() };
  const desk = { page, lastList: 'ours', router: { go }, toasts, begun: { isGoingOn } };
  toldOf(desk as unknown as Desk).over({ reference: '4K7', messages_n: 1 } as Case);
  return { go, action: say.mock.calls[0]?.[1] as { run: () => void } | undefined };
}

test('what was sent is opened for who waits for it, and only offered to who is at the next', () => {
  const waits = afterIt(false);
  expect(waits.go).toHaveBeenCalledWith({ view: 'ours', reference: '4K7' });
  expect(waits.action).toBeUndefined();
  for (const one of [afterIt(true), afterIt(false, 'search')]) {
    expect(one.go).not.toHaveBeenCalled();
    one.action?.run();
    expect(one.go).toHaveBeenCalledTimes(1);
  }
});
