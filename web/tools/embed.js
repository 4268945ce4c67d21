// embed.js DIST FILE.c — the built files as the C table `desk_assets`, each as it is and compressed.
//
// The same files give the same table: nothing of time or place is in it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const [dist, out] = process.argv.slice(2);

function filesOf(folder) {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesOf(path) : [path];
    });
}

/** Octal, three digits each: no escape takes the next byte for its own. */
function bytesOf(content) {
  if (content.length === 0) return '{ NULL, 0 }';
  const lines = [];
  for (let at = 0; at < content.length; at += 64) {
    const digits = [...content.subarray(at, at + 64)].map(
      (byte) => '\\' + byte.toString(8).padStart(3, '0'),
    );
    lines.push(`"${digits.join('')}"`);
  }
  return `{ (const uint8_t *)\n${lines.join('\n')}, ${content.length} }`;
}

function brotli(content) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return brotliCompressSync(content, { params });
}

/** What isn't worth it stays out: fonts are compressed already. */
function smaller(content, compress) {
  const compressed = compress(content);
  return compressed.length < content.length * 0.95 ? compressed : Buffer.alloc(0);
}

function rowOf(path) {
  const type = TYPES[extname(path)];
  if (!type) throw new Error(`${path}: which media type is that? Add it to TYPES`);
  const content = readFileSync(path);
  const name = '/' + path.slice(dist.length + 1).replace(/^index\.html$/, '');
  const etag = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const kinds = [
    content,
    smaller(content, (one) => gzipSync(one, { level: 9 })),
    smaller(content, brotli),
  ];
  return `{ "${name}", "${type}", "\\"${etag}\\"", ${name.startsWith('/assets/')},
${kinds.map(bytesOf).join(',\n')} },`;
}

const rows = filesOf(dist).map(rowOf);
writeFileSync(
  out,
  `/* Made by tools/build_web. */
#include "src/http/assets.h"

static const struct asset rows[] = {
${rows.join('\n')}
};
const struct assets desk_assets = { rows, ${rows.length} };
`,
);
