// check.js — everything of the web that needs no server; the last line is N passed, N failed.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { parse } from 'svelte/compiler';

const FIRST_LOAD_MAX = 200_000; // bytes, compressed, fonts apart
const COMPONENT_LINES_MAX = 250;
const TEXTS = 'desk/src/texts';
const run = promisify(execFile);

function filesOf(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : [path];
  });
}
const sources = ['sdk/src', 'kit/src', 'desk/src']
  .flatMap(filesOf)
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const code = sources.filter(({ path }) => /\.(ts|svelte|css)$/.test(path));
const components = sources.filter(({ path }) => path.endsWith('.svelte'));

/** path:line of each place where a pattern stands. */
function places(files, pattern) {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
}

function readMessages(language) {
  return JSON.parse(readFileSync(`${TEXTS}/${language}.json`, 'utf8'));
}

function messageProblems() {
  const nl = readMessages('nl');
  const said = code.map(({ text }) => text).join('\n');
  const problems = Object.keys(nl)
    .filter((key) => !isUsed(key, said))
    .map((key) => `nl.json: ${key} is said nowhere`);
  for (const language of ['en', 'fr']) {
    const messages = readMessages(language);
    for (const key of new Set([...Object.keys(nl), ...Object.keys(messages)]))
      problems.push(...compare(language, key, nl[key], messages[key]));
  }
  return problems;
}

/** As it stands, or put together: `status.${…}`, event.${…}. */
function isUsed(key, said) {
  const parts = key.split('.');
  return (
    said.includes(`'${key}'`) ||
    parts.some((_, i) => i > 0 && said.includes('`' + parts.slice(0, i).join('.') + '.${'))
  );
}

function namesIn(message) {
  const forms = typeof message === 'string' ? [message] : Object.values(message);
  return [...new Set(forms.flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort().join(' ');
}

function compare(language, key, ours, theirs) {
  if (ours === undefined) return [`${language}.json: ${key} isn't in nl.json`];
  if (theirs === undefined) return [`${language}.json: ${key} is missing`];
  if (namesIn(ours) !== namesIn(theirs))
    return [`${language}.json: ${key} fills in ${namesIn(theirs)}, not ${namesIn(ours)}`];
  if (typeof theirs === 'string') return [];
  return new Intl.PluralRules(language)
    .resolvedOptions()
    .pluralCategories.filter((rule) => !(rule in theirs))
    .map((rule) => `${language}.json: ${key} has no form for "${rule}"`);
}

/** The server's sources whose refusals an agent can see; the rest is for who writes programs. */
const REFUSES = [
  /auth\/(organisations|own_password|second_steps|second_steps_api|sessions_api|teams|users|users_api)\.c$/,
  /domain\/(?!calendars)\w+\/\w+\.c$/,
  /channel\/(api|chat|chat_hours|email|email_mime|email_parse|imap_connection|mail_curl|smtp)\.c$/,
  /jobs\/jobs_api\.c$/,
];
/** Of these codes, and of these words, only a program is to blame. */
const OURS = /ERR_(INTERNAL|MALFORMED|UNSUPPORTED|PRECONDITION)/;
const OF_PROGRAMS =
  /ids? like|a token has none|Upload-Offset|are missing$|each part|send at least|P-256|must be \{\} bytes|of_case|must be anger|a draft is|what can be corrected|none of these filters/;

/** Words that others are put behind. */
const withWhatFollows = (words) => (words.endsWith(': ') ? [words, `${words}{}`] : [words]);

/** The texts of C, pieces joined, with {} where something is filled in. */
function joined(text) {
  return text
    .replace(/"\s*PRI\w+\s*"/g, 'd')
    .replace(/"\s*PRI\w+/g, 'd"')
    .replace(/([^\\])"\s*"/g, '$1');
}
function literal(words) {
  return words.replace(/\\(.)/g, '$1').replace(/%[\d.*]*(?:ll|z)?[a-z]/g, '{}');
}

/** What err_set() and err_field() say in a source: their third argument. */
function refusalsOf(text) {
  return [...joined(text).matchAll(/err_(?:set|field)\(err,/g)].flatMap(({ index, 0: call }) => {
    const args = joined(text).slice(index + call.length);
    const [, what, words] =
      args.match(
        /^((?:[^",()]|"(?:[^"\\]|\\.)*"|\((?:[^()]|\([^()]*\))*\))+),\s*"((?:[^"\\]|\\.)*)"/,
      ) ?? [];
    return words === undefined || OURS.test(what) ? [] : [literal(words)];
  });
}

function reasonProblems() {
  const sources = filesOf('../src')
    .filter((path) => /(?<!_test)\.[ch]$/.test(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  const said = new Set(
    sources.flatMap(({ text }) =>
      [...joined(text).matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].flatMap(([, words]) =>
        withWhatFollows(literal(words)),
      ),
    ),
  );
  const keys = (language) =>
    Object.keys(JSON.parse(readFileSync(`${TEXTS}/reasons/${language}.json`, 'utf8')));
  const same = (key) => key.replace(/\{\w+\}/g, '{}');
  const known = new Set(keys('nl').map(same));
  const refused = sources
    .filter(({ path }) => REFUSES.some((one) => one.test(path)))
    .flatMap(({ path, text }) => refusalsOf(text).map((words) => ({ path, words })));
  return [
    ...['nl', 'fr'].flatMap((language) =>
      keys(language)
        .filter((key) => !said.has(same(key)))
        .map((key) => `reasons/${language}.json: the server doesn't say "${key}"`),
    ),
    ...(String(keys('nl')) === String(keys('fr')) ? [] : ['reasons: nl and fr differ']),
    ...refused
      .filter(
        ({ words }) => /[a-z]{2}/.test(words) && !known.has(words) && !OF_PROGRAMS.test(words),
      )
      .map(({ path, words }) => `${path}: "${words}" is in no reasons/*.json`),
  ];
}

/** A source that adds to history, or says what reading is to be added. */
const TELLS = /\bevent_add\(|\bowned_tell\(|\brequest_was_read\(/;

/** The kinds of event in a source: written out, or one noun with each of its verbs. */
function kindsOf(text) {
  if (!TELLS.test(text)) return [];
  const said = text.replace(/LOG_\w+\([^;]*;/g, '').replace(/^#include.*$/gm, '');
  const found = (pattern) => [...said.matchAll(pattern)].map(([, word]) => word);
  const nouns = [
    ...found(/"([a-z_]+)\.%s"/g),
    ...found(/struct owned_kind \w+ = \{\s*"\w+",\s*"(\w+)"/g),
  ];
  const verbs = found(/\(tx, (?:[&\w.>-]+, )*"([a-z_]+)", /g);
  return [
    ...found(/"([a-z_]+\.(?!invalid")[a-z_]+)"/g),
    ...nouns.flatMap((noun) => verbs.map((verb) => `${noun}.${verb}`)),
  ];
}

function kindProblems() {
  const before = 'audit.kind.';
  const kinds = new Map(
    filesOf('../src')
      .filter((path) => /(?<!_test)\.c$/.test(path))
      .flatMap((path) => kindsOf(readFileSync(path, 'utf8')).map((kind) => [kind, path])),
  );
  const known = readMessages('nl');
  return [...kinds]
    .filter(([kind]) => !(before + kind in known))
    .map(([kind, path]) => `${path}: nl.json has no ${before}${kind}`);
}

const SAID_BY = new Set(['title', 'placeholder', 'alt', 'label', 'aria-label']);

/** Words for people in the markup itself: they belong in the message files. */
function textProblems({ path, text }) {
  const problems = [];
  const complain = (node, said) =>
    problems.push(`${path}:${text.slice(0, node.start).split('\n').length}: "${said.trim()}"`);
  const walk = (node, attribute) => {
    if (!node || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach((one) => walk(one, attribute));
    if (node.type === 'Text' && /\p{L}{2}/u.test(node.data)) {
      if (attribute === undefined || SAID_BY.has(attribute)) complain(node, node.data);
    }
    const name = /Attribute|Directive/.test(node.type) ? node.name : attribute;
    for (const [key, value] of Object.entries(node))
      if (key !== 'css' && key !== 'instance' && key !== 'module') walk(value, name);
  };
  walk(parse(text, { modern: true }).fragment, undefined);
  return problems;
}

function firstLoadProblems() {
  if (!existsSync('dist/index.html')) return ['dist/ is missing: tools/build_web makes it'];
  const page = readFileSync('dist/index.html', 'utf8');
  const loaded = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((found) => found[1]);
  const bytes = ['index.html', ...loaded]
    .filter((name) => extname(name) !== '.woff2')
    .reduce((sum, name) => sum + gzipSync(readFileSync(join('dist', name))).length, 0);
  console.log(`first load: ${bytes} bytes of ${FIRST_LOAD_MAX}`);
  return bytes < FIRST_LOAD_MAX ? [] : [`the first load is ${bytes} bytes`];
}

const LOADER_MAX = 2_000; // bytes, compressed
const WIDGET_MAX = 20_000;

/** What a visitor of somebody's site loads: the one script there, and the chat in its frame. */
function widgetProblems() {
  if (!existsSync('dist/chat.html')) return ['dist/chat.html is missing: tools/build_web makes it'];
  const page = readFileSync('dist/chat.html', 'utf8');
  const sizeOf = (name) => gzipSync(readFileSync(join('dist', name))).length;
  const loaded = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((found) => found[1]);
  const app = ['chat.html', ...loaded].reduce((sum, name) => sum + sizeOf(name), 0);
  const loader = sizeOf('widget.js');
  console.log(`widget: ${loader} bytes of ${LOADER_MAX}, and ${app} of ${WIDGET_MAX}`);
  return [
    ...(loader < LOADER_MAX ? [] : [`the loader is ${loader} bytes`]),
    ...(app < WIDGET_MAX && loaded.length > 1 ? [] : [`the widget is ${app} bytes`]),
  ];
}

/** What a tool prints when it isn't content. */
async function complaintsOf(command, ...args) {
  try {
    await run(join('node_modules/.bin', command), args, { maxBuffer: 1 << 24 });
    return [];
  } catch (error) {
    return [`${error.stdout ?? ''}${error.stderr ?? ''}` || String(error)];
  }
}

const checks = {
  'no component is longer than 250 lines': () =>
    components
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines >= COMPONENT_LINES_MAX)
      .map(({ path, lines }) => `${path} has ${lines} lines`),
  'no colour stands outside of tokens.css': () =>
    places(
      code.filter(({ path }) => !path.endsWith('tokens.css')),
      /(?:\S\s+|['"`(,:])#[\da-f]{3,8}\b(?!\()|\b(rgba?|hsla?|oklch|oklab|lab|lch)\(/i,
    ),
  // The browser marks every parent by it, and styles all of a list anew at each row that comes in.
  'no rule is about the place of elements of any kind': () =>
    places(code, /(?:^|[\s>+~]|:global\()(?:\*\s*\+\s*\*|:(?:first|last|nth|only)-[\w-]+)/),
  'no address of the API stands outside of sdk/': () =>
    places(
      code.filter(({ path }) => !path.startsWith('sdk/')),
      /\/api\/|https?:\/\/|\bfetch\(/,
    ),
  'every text is there in each language, with all its plurals': messageProblems,
  'every reason that an agent can see is there in each language': reasonProblems,
  'everything in history is called something': kindProblems,
  'no text stands in the markup': () => components.flatMap(textProblems),
  'the first load is small': firstLoadProblems,
  'the widget is small': widgetProblems,
  'prettier would write the same': () =>
    complaintsOf('prettier', '--check', '--log-level=warn', '.'),
  'eslint is content': () => complaintsOf('eslint', '--max-warnings=0', '.'),
  'svelte-check is content': () =>
    complaintsOf('svelte-check', '--tsconfig', 'tsconfig.json', '--fail-on-warnings'),
  'all unit tests pass': () => complaintsOf('vitest', 'run'),
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const problems = await check();
  if (problems.length > 0) failed++;
  console.log(problems.length > 0 ? `FAILED ${name}\n${problems.join('\n')}` : `ok ${name}`);
}
console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
