// kept.ts — what the service worker keeps of the server's answers, as far as the page touches it.

export const kept = {
  /** Before somebody else comes. */
  async forget() {
    if ('caches' in globalThis) await caches.delete('data');
  },
};
