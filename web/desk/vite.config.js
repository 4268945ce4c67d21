import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { licenses } from './licenses.js';
import { worker } from './worker.js';

// Where `npm run dev` finds the API.
const server = process.env.GESTAND_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte(), licenses(), worker()],
  server: { proxy: { '/api': server } },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows no data: for fonts and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
