import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/', 'e2e/output/', '**/node_modules/', 'sdk/src/api.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      // Our own router follows plain links; there is no SvelteKit whose resolve() would be used.
      'svelte/no-navigation-without-resolve': 'off',
      // Dates, sets and maps here are made, read and dropped; none is watched.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
);
