import { defineConfig } from 'vite';

// Beside the desk's files: the page for the frame, and the one script that a site names.
export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  publicDir: false,
  build: {
    outDir: '../dist',
    emptyOutDir: false,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: {
      input: {
        chat: new URL('chat.html', import.meta.url).pathname,
        demo: new URL('demo.html', import.meta.url).pathname,
        widget: new URL('src/loader.ts', import.meta.url).pathname,
      },
      output: {
        entryFileNames: ({ name }) => (name === 'widget' ? 'widget.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
