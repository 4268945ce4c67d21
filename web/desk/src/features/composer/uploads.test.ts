import { Api, ApiError, type File as Kept } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import { Uploads } from './uploads.svelte';

function slow() {
  const api = new Api();
  let arrive: () => void = () => {};
  vi.spyOn(api, 'postFiles').mockResolvedValue({ id: 'fil_1' } as Kept);
  vi.spyOn(api, 'deleteFilesById').mockResolvedValue(undefined as never);
  vi.spyOn(api, 'patchFilePiece').mockImplementation(
    () => new Promise((done) => (arrive = () => done(undefined as never))),
  );
  const uploads = new Uploads(api);
  uploads.add([new File(['tekening'], 'plan.txt')], [], () => {});
  return { uploads, arrive: () => vi.waitFor(() => (arrive(), expect(uploads.list).toEqual([]))) };
}

test('what waits for its files goes once they are there', async () => {
  const { uploads, arrive } = slow();
  const run = vi.fn();
  uploads.whenWhole(run);
  expect(run).not.toHaveBeenCalled();
  await arrive();
  expect(run).toHaveBeenCalledTimes(1);
  expect(uploads.isAwaited).toBe(false);
});

test('who takes a file back while it is awaited sends nothing', () => {
  const { uploads } = slow();
  const run = vi.fn();
  uploads.whenWhole(run);
  uploads.list.forEach((one) => uploads.cancel(one));
  expect(run).not.toHaveBeenCalled();
  expect(uploads.list).toEqual([]);
});

/** A line that is cut and comes back. */
function unsure(error: () => Error | null) {
  vi.useFakeTimers();
  const api = new Api();
  let received = 0;
  const post = vi.spyOn(api, 'postFiles').mockResolvedValue({ id: 'fil_1' } as Kept);
  vi.spyOn(api, 'getFilesById').mockImplementation(() => Promise.resolve({ received } as Kept));
  const patch = vi.spyOn(api, 'patchFilePiece').mockImplementation((_, offset, piece) => {
    const trouble = error();
    if (trouble) return Promise.reject(trouble);
    received = offset + piece.size;
    return Promise.resolve({ received } as Kept);
  });
  const uploads = new Uploads(api);
  const whole = vi.fn();
  uploads.add([new File(['tekening'], 'plan.txt')], [], whole);
  return { uploads, whole, patch, post };
}

test('a file goes on when the line is back, and is begun once', async () => {
  let isCut = true;
  const { uploads, whole, post } = unsure(() => (isCut ? new ApiError(0, 'cut') : null));
  await vi.advanceTimersByTimeAsync(0);
  expect(uploads.list[0]?.waits).toBe(true);
  isCut = false;
  uploads.goOn();
  await vi.advanceTimersByTimeAsync(0);
  expect(whole).toHaveBeenCalledWith({ id: 'fil_1', name: 'plan.txt', size: 8 });
  expect(post).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});

test('a server in trouble is asked again after pauses that grow', async () => {
  const { patch } = unsure(() => new ApiError(503, 'away'));
  await vi.advanceTimersByTimeAsync(0);
  const counts = [];
  for (const pause of [999, 1, 1999, 1, 3999, 1]) {
    await vi.advanceTimersByTimeAsync(pause);
    counts.push(patch.mock.calls.length);
  }
  expect(counts).toEqual([1, 2, 2, 3, 3, 4]);
  vi.useRealTimers();
});

test('what the server refuses waits for its user, and an upload that is left for nothing', async () => {
  const refused = unsure(() => new ApiError(413, 'too large'));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(refused.patch).toHaveBeenCalledTimes(1);
  expect(refused.uploads.list[0]?.trouble).toBeTruthy();
  const left = unsure(() => new ApiError(0, 'cut'));
  await vi.advanceTimersByTimeAsync(0);
  left.uploads.stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(left.patch).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});

test('a file that is taken back before it has a name is not attached, and is not left behind', async () => {
  const api = new Api();
  let given: (file: Kept) => void = () => {};
  vi.spyOn(api, 'postFiles').mockImplementation(() => new Promise((done) => (given = done)));
  const gone = vi.spyOn(api, 'deleteFilesById').mockResolvedValue(undefined as never);
  const uploads = new Uploads(api);
  const whole = vi.fn();
  uploads.add([new File([], 'leeg.txt')], [], whole);
  uploads.list.forEach((one) => uploads.cancel(one));
  expect(gone).not.toHaveBeenCalled();
  given({ id: 'fil_1' } as Kept);
  await vi.waitFor(() => expect(gone).toHaveBeenCalledWith('fil_1'));
  expect(whole).not.toHaveBeenCalled();
});
