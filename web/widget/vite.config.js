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
        private: new URL('src/private.ts', import.meta.url).pathname,
      },
      output: {
        // What a page names that isn't built here keeps its name.
        entryFileNames: ({ name }) =>
          ['widget', 'private'].includes(name) ? `${name}.js` : 'assets/[name]-[hash].js',
      },
    },
  },
});
