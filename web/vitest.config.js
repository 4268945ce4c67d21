import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['{sdk,kit,desk}/src/**/*.test.ts'],
    environment: 'node',
    // Components inside packages are compiled as ours are.
    server: { deps: { inline: [/svelte/, /bits-ui/] } },
  },
});
