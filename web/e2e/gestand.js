// gestand.js — the real program on a fresh data folder, with a mailbox whose mail is handed in.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const EMAIL = 'noor.verhagen@lindewerf.test';
export const PASSWORD = 'een-lang-wachtwoord-voor-de-proef';
const TEXT = 'text/plain; charset=utf-8';
const BINARY = process.env.GESTAND ?? new URL('../../build/gestand', import.meta.url).pathname;

export class Gestand {
  #folder;
  #data;
  #process = null;
  #token = '';
  #channel = '';
  #app = '';
  url = '';

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'gestand-e2e-'));
    this.#data = join(this.#folder, 'data');
  }

  #command(words, options, input = '') {
    const all = [...words.split(' '), '--data', this.#data, ...options];
    return execFileSync(BINARY, all, { input, encoding: 'utf8' }).trim();
  }

  async start(smtpPort) {
    await this.startBare();
    await this.#prepare(smtpPort);
  }

  /** As it is on the first day: an organisation, its administrator, nothing else. */
  async startBare() {
    mkdirSync(this.#folder, { recursive: true });
    const password = join(this.#folder, 'password');
    writeFileSync(password, `${PASSWORD}\n`, { mode: 0o600 });
    const admin = ['--organisation', 'Lindewerf', '--admin', EMAIL, '--password-file', password];
    this.#command('init', admin);
    this.#token = this.#command('token add', ['--user', EMAIL, '--scopes', '*']).split(/\s+/).pop();
    await this.#serve('127.0.0.1:0');
  }

  async #serve(listen) {
    const options = ['--listen', listen, '--allow-private', '--log', 'warn'];
    this.#process = spawn(BINARY, ['serve', '--data', this.#data, ...options]);
    this.#process.stderr.pipe(process.stderr);
    this.url = await this.#address();
  }

  /** As when the power fails. */
  async kill() {
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }

  /** The same server again, at the same address. */
  async revive() {
    await this.#serve(new URL(this.url).host);
  }

  async #end() {
    if (!this.#process || this.#process.exitCode !== null) return;
    this.#process.kill('SIGTERM');
    await once(this.#process, 'exit');
  }

  async #address() {
    let said = '';
    for await (const piece of this.#process.stdout) {
      said += piece;
      const found = said.match(/listening on (\S+)/);
      if (found) return found[1];
    }
    throw new Error(`gestand ended before it listened: ${said}`);
  }

  async api(method, path, body, headers = {}) {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.#token}`,
        'Content-Type': 'application/json',
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text && JSON.parse(text);
  }

  async #prepare(smtpPort) {
    const me = await this.api('GET', '/me');
    const name = { name: 'Noor Verhagen', language: 'nl' };
    await this.api('PATCH', `/users/${me.user.id}`, name, { 'If-Match': '*' });
    await this.api('POST', '/users', {
      email: 'joost.brouwer@lindewerf.test',
      name: 'Joost Brouwer',
      role: 'expert',
      password: PASSWORD,
    });
    await this.api('POST', '/teams', { name: 'Reparaties' });
    const settings = {
      address: 'hallo@lindewerf.test',
      checked_by: 'mx.lindewerf.test',
      smtp_host: '127.0.0.1',
      smtp_port: smtpPort,
      smtp_security: 'plain',
    };
    const draft = { type: 'email', name: 'E-mail', settings };
    const app = { type: 'api', name: 'App', settings: { address: 'app' } };
    this.#app = (await this.api('POST', '/channels', app)).id;
    this.#channel = (await this.api('POST', '/channels', draft)).id;
  }

  /** A mail as it is, understood or not. */
  deliverRaw(mail) {
    this.#command('deliver', ['--channel', this.#channel], mail);
  }

  /** On another device. */
  async logInElsewhere() {
    await this.api('POST', '/login', { email: EMAIL, password: PASSWORD });
  }

  /** The same for a channel of one's own. */
  mailTo(channel, from, address, subject, text) {
    const lines = [
      `From: ${from} <${address}>`,
      'To: hallo@lindewerf.test',
      `Subject: ${subject}`,
      `Message-ID: <${encodeURIComponent(subject)}@voorbeeld.test>`,
      `Content-Type: ${TEXT}`,
      '',
      text,
    ];
    this.#command('deliver', ['--channel', channel], lines.join('\r\n'));
  }

  /** A mail comes in, as an MTA hands it over. */
  deliver({
    from,
    address,
    subject,
    text,
    type = TEXT,
    minutesAgo = 0,
    inReplyTo = '',
    more = [],
  }) {
    const at = new Date(Date.now() - minutesAgo * 60_000).toUTCString().replace('GMT', '+0000');
    const lines = [
      `Received: from mx.test by lindewerf.test; ${at}`,
      `From: ${from} <${address}>`,
      'To: hallo@lindewerf.test',
      ...more,
      `Subject: ${subject}`,
      `Date: ${at}`,
      `Message-ID: <${encodeURIComponent(subject)}@voorbeeld.test>`,
      ...(inReplyTo ? [`In-Reply-To: ${inReplyTo}`] : []),
      `Content-Type: ${type}`,
      '',
      text,
    ];
    this.#command('deliver', ['--channel', this.#channel], lines.join('\r\n'));
  }

  /** The same through an API channel, which says since when its customer waits. */
  async receive({ from, address, subject, text, minutesAgo, id = subject, files = [] }) {
    const sent_at = new Date(Date.now() - minutesAgo * 60_000).toISOString();
    const message = {
      external_id: id,
      from: address,
      from_name: from,
      subject,
      text,
      sent_at,
      files,
    };
    await this.api('POST', `/channels/${this.#app}/messages`, { ...message, from_kind: 'email' });
  }

  /** Somebody chats, and a colleague shuts him out. */
  async blockVisitor(reason) {
    const settings = { address: 'site', challenge_bits: 1 };
    const { id } = await this.api('POST', '/channels', { type: 'chat', name: 'Site', settings });
    const ask = async (method, path, body, headers = {}) => {
      const answer = await fetch(`${this.url}/chat/${id}/${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', ...headers },
        body: body && JSON.stringify(body),
      });
      return answer.json();
    };
    const { challenge } = await ask('GET', 'site');
    const isSolved = (n) =>
      createHash('sha256').update(`${challenge}.${n}`).digest().readUInt8(0) < 128;
    let n = 0;
    while (!isSolved(n)) n++;
    const { token } = await ask('POST', 'visitors', { challenge, number: String(n) });
    const said = { id: 'm1', text: 'Stelletje prutsers' };
    const { reference } = await ask('POST', 'messages', said, { 'X-Visitor': token });
    await this.api('POST', `/cases/${reference}/visitor/block`, { reason, with_address: true });
  }

  async stop() {
    await this.#end();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
