import { afterEach, expect, test, vi } from 'vitest';
import { Api, ApiError, EventReader, Live, queryOf } from './index';

afterEach(() => vi.unstubAllGlobals());

function answering(status: number, body: unknown) {
  const fetched = vi.fn<typeof fetch>(() =>
    Promise.resolve(new Response(body === null ? null : JSON.stringify(body), { status })),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

test('an event is read whole, in whatever pieces it comes', () => {
  const stream =
    'id: 7\nevent: case.changed\ndata: {"a":1}\n\n: beat\n\nid: 8\ndata: {"a":2}\r\n\n';
  for (let size = 1; size < stream.length; size++) {
    const reader = new EventReader();
    const read = [];
    for (let at = 0; at < stream.length; at += size)
      read.push(...reader.read(stream.slice(at, at + size)));
    expect(read).toEqual([
      { id: '7', data: '{"a":1}' },
      { id: '8', data: '{"a":2}' },
    ]);
  }
});

test('what is not given stays out of the query', () => {
  expect(queryOf({})).toBe('');
  expect(queryOf({ status: 'all', team: undefined, q: 'a b&c', cursor: '' })).toBe(
    '?status=all&q=a+b%26c',
  );
});

test('a change proves that it comes from our page, and names the version it is about', async () => {
  const fetched = answering(200, {});
  const api = new Api();
  api.csrf = 'secret';
  await api.patchCasesById('cas_1/2', { status: 'done' }, '"3"');
  const [address, request] = fetched.mock.calls[0] ?? [];
  expect(address).toBe('/api/v1/cases/cas_1%2F2');
  expect(request?.headers).toMatchObject({ 'X-CSRF-Token': 'secret', 'If-Match': '"3"' });
});

test('what is done once outlives the page that asked for it, unless it is too long', async () => {
  const fetched = answering(200, {});
  const api = new Api();
  await api.postCases({ to: 'jan@x.nl', text: 'Dag' }, 'key');
  await api.postCases({ to: 'jan@x.nl', text: 'Dag' });
  await api.postCases({ to: 'jan@x.nl', text: 'x'.repeat(20_000) }, 'key');
  expect(fetched.mock.calls.map(([, request]) => request?.keepalive)).toEqual([true, false, false]);
});

test('a refusal is told in the words of the server', async () => {
  answering(422, { type: '', title: '', status: 422, detail: 'say it shorter', errors: [] });
  await expect(new Api().getCases()).rejects.toMatchObject({
    status: 422,
    message: 'say it shorter',
  });
});

test('who is logged out is told once, and the call fails', async () => {
  answering(401, null);
  const api = new Api();
  const told = vi.fn();
  api.onLoggedOut = told;
  await expect(api.getMe()).rejects.toBeInstanceOf(ApiError);
  expect(told).toHaveBeenCalledTimes(1);
});

test('a server out of reach is another thing than one that refuses', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no route')));
  await expect(new Api().getMe()).rejects.toMatchObject({ isOffline: true });
});

test('a word of who is there is no event, and the stream goes on where it was', async () => {
  const said =
    'id: 7\ndata: {"kind":"note.added"}\n\nevent: presence\ndata: {"kind":"presence"}\n\n';
  const streams = ['event: presence\ndata: {"kind":"presence"}\n\n', said];
  const asked: RequestInit[] = [];
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (address: string, request: RequestInit) => {
    asked.push(request);
    expect(address).toContain('presence=true');
    return Promise.resolve(new Response(streams.pop() ?? ''));
  });
  const live = new Live();
  const kinds: unknown[] = [];
  live.onEvent = ({ kind }) => kinds.push(kind);
  live.onPresence = () => kinds.push('there');
  live.start();
  await vi.advanceTimersByTimeAsync(5000);
  live.stop();
  vi.useRealTimers();
  expect(kinds).toEqual(['note.added', 'there', 'there']);
  expect(asked.slice(1, 3).map(({ headers }) => headers)).toEqual([
    { 'Last-Event-ID': '7' },
    { 'Last-Event-ID': '7' },
  ]);
});
