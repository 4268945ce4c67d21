import { Api } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import { Preferences } from './preferences.svelte';

// What this device keeps is read as soon as the module is.
vi.hoisted(() => vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} }));

test('what is kept quickly behind one another names a version once, and the last stays', async () => {
  const api = new Api();
  let kept = { signature: '', settings: {}, version: 0 };
  vi.spyOn(api, 'getMePreferences').mockImplementation(() => Promise.resolve(kept));
  const put = vi.spyOn(api, 'putMePreferences');
  put.mockImplementation((body) => {
    kept = { ...kept, ...body, version: kept.version + 1 } as typeof kept;
    return Promise.resolve(kept);
  });
  const preferences = new Preferences(api);
  await Promise.all([preferences.sign('one'), preferences.sign('two'), preferences.sign('three')]);
  expect(put.mock.calls.map(([, version]) => version)).toEqual(['"0"', '"1"', '"2"']);
  expect(preferences.now?.signature).toBe('three');
});
