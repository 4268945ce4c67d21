// worker.js — for Vite: the service worker as one file, which knows all the other ones by name.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { transformWithEsbuild } from 'vite';

const SOURCE = new URL('../sdk/src/worker.ts', import.meta.url).pathname;
const PUBLIC = new URL('public/', import.meta.url).pathname;
const TEXTS = new URL('src/texts/', import.meta.url).pathname;
/** Shown by nobody but a person who asks for it. */
const LEFT_OUT = ['licenses.txt'];

/** Of the texts only those that are said by a notification. */
function texts() {
  const languages = ['nl', 'en', 'fr'].map((language) => {
    const all = Object.entries(JSON.parse(readFileSync(`${TEXTS}${language}.json`, 'utf8')));
    return [language, Object.fromEntries(all.filter(([key]) => /^(product$|push\.)/.test(key)))];
  });
  return Object.fromEntries(languages);
}

export function worker() {
  return {
    name: 'worker',
    // Behind the page itself, whose content is a part of the version.
    enforce: 'post',
    async generateBundle(options, bundle) {
      const built = Object.values(bundle).filter(({ fileName }) => !LEFT_OUT.includes(fileName));
      const paths = built.map(({ fileName }) => `/${fileName.replace(/^index\.html$/, '')}`);
      const shown = readdirSync(PUBLIC).map((name) => `/${name}`);
      const version = createHash('sha256');
      for (const one of built) version.update(one.fileName).update(one.code ?? one.source);
      const { code } = await transformWithEsbuild(readFileSync(SOURCE, 'utf8'), SOURCE, {
        format: 'iife',
        target: 'es2022',
        minify: true,
        define: {
          FILES: JSON.stringify([...paths, ...shown].sort()),
          VERSION: JSON.stringify(version.digest('hex').slice(0, 16)),
          TEXTS: JSON.stringify(texts()),
        },
      });
      this.emitFile({ type: 'asset', fileName: 'worker.js', source: code });
    },
  };
}
