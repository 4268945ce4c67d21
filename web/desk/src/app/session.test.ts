import type { Api, Me } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import { Session } from './session.svelte';

vi.mock('./settings.svelte', () => ({ settings: {} }));
vi.mock('./device.svelte', () => ({}));

test('what is still to be sent goes while there is a session, and hinders nobody from leaving', async () => {
  const order: string[] = [];
  const api = {
    getMe: () => Promise.resolve(null as unknown as Me),
    postLogout: vi.fn(() => Promise.resolve(order.push('logout'))),
  };
  const session = new Session(api as unknown as Api);
  session.beforeLogout = async () => {
    await Promise.resolve();
    order.push('sent');
  };
  await session.logout();
  expect(order).toEqual(['sent', 'logout']);
  session.beforeLogout = () => Promise.reject(new Error('cut'));
  await session.logout();
  expect(api.postLogout).toHaveBeenCalledTimes(2);
});
