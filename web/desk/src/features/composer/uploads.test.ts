import { Api, type File as Kept } from '@gestand/sdk';
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
