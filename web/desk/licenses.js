// licenses.js — for Vite: what others wrote of the built files goes out with its licence.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const NODE_MODULES = new URL('../node_modules/', import.meta.url).pathname;
const FONTS = ['@fontsource-variable/hanken-grotesk', '@fontsource/newsreader'];

function textOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : license;
  return `${name} ${version}\n\n${text}\n`;
}

export function licenses() {
  return {
    name: 'licenses',
    generateBundle() {
      const fonts = FONTS.map((name) => join(NODE_MODULES, name));
      const folders = new Set(fonts);
      for (const id of this.getModuleIds()) {
        const found = id.match(PACKAGE);
        if (found && !id.startsWith('\0')) folders.add(found[0]);
      }
      const source = [...folders]
        .map(textOf)
        .sort()
        .join(`\n${'-'.repeat(72)}\n\n`);
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source });
    },
  };
}
