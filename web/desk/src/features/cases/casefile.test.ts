import { Api, ApiError, type Case } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import { Casefile } from './casefile.svelte';

test('a change that arrives when another case was opened leaves that one as it is', async () => {
  const api = new Api();
  const caseOf = (id: string) =>
    ({ id, reference: id, version: 1, timeline: [] }) as unknown as Case;
  vi.spyOn(api, 'getCasesById').mockImplementation((id) => Promise.resolve(caseOf(id)));
  let arrive: (changed: Case) => void = () => {};
  vi.spyOn(api, 'patchCasesById').mockReturnValue(new Promise((done) => (arrive = done)));
  const casefile = new Casefile(api);
  await casefile.open('one');
  const changing = casefile.change({ status: 'done' });
  await casefile.open('two');
  arrive(caseOf('one'));
  // Before anything is read again.
  await Promise.resolve();
  expect(casefile.now?.id).toBe('two');
  await changing;
  expect(casefile.now?.id).toBe('two');
});

function reading() {
  const api = new Api();
  const caseOf = (id: string, title = id) =>
    ({ id, reference: id, title, version: 1, timeline: [] }) as unknown as Case;
  const read = vi.spyOn(api, 'getCasesById');
  read.mockImplementation((id) => Promise.resolve(caseOf(id)));
  return { casefile: new Casefile(api), read, caseOf };
}

test('a case that was open before is shown at once, and read again all the same', async () => {
  const { casefile, read, caseOf } = reading();
  await casefile.open('one');
  await casefile.open('two');
  read.mockResolvedValueOnce(caseOf('one', 'newer'));
  const opening = casefile.open('one');
  expect(casefile.now?.title).toBe('one');
  await opening;
  expect(casefile.now?.title).toBe('newer');
});

test('what happened to a case that is not open is not hidden by what was known of it', async () => {
  const { casefile } = reading();
  await casefile.open('one');
  await casefile.open('two');
  casefile.forget('one');
  const opening = casefile.open('one');
  expect(casefile.now?.id).toBe('two');
  await opening;
  expect(casefile.now?.id).toBe('one');
});

test('who opens a case and changes it at once changes that one, not the one still shown', async () => {
  const { casefile, caseOf } = reading();
  await casefile.open('one');
  const patch = vi.spyOn(casefile['api'], 'patchCasesById');
  patch.mockImplementation((id) => Promise.resolve(caseOf(id)));
  const opening = casefile.open('two');
  expect(casefile.now?.id).toBe('one');
  await casefile.change({ status: 'done' });
  expect(patch.mock.calls.map(([id]) => id)).toEqual(['two']);
  await opening;
});

test('a case that takes long to come is first shown as the list knows it', async () => {
  vi.useFakeTimers();
  const { casefile, read, caseOf } = reading();
  await casefile.open('one');
  read.mockReturnValueOnce(new Promise(() => {}));
  void casefile.open('two', caseOf('two', 'sketch'));
  expect(casefile.now?.id).toBe('one');
  await vi.advanceTimersByTimeAsync(100);
  expect(casefile.now?.title).toBe('sketch');
  vi.useRealTimers();
});

test('a case that is shown stays there when it can not be read again', async () => {
  const { casefile, read } = reading();
  await casefile.open('one');
  read.mockRejectedValueOnce(new ApiError(0, 'no network'));
  await casefile.refresh();
  expect(casefile.now?.id).toBe('one');
});

test('a press reads the case once, and the click behind it no second time', async () => {
  const { casefile, read } = reading();
  casefile.expect('one');
  casefile.expect('one');
  await casefile.open('one');
  expect(read).toHaveBeenCalledTimes(1);
  await casefile.refresh();
  expect(read).toHaveBeenCalledTimes(2);
});

test('what was read for a press is not shown when something happened since', async () => {
  const { casefile, read } = reading();
  casefile.expect('one');
  casefile.forget('one');
  await casefile.open('one');
  expect(read).toHaveBeenCalledTimes(2);
});
