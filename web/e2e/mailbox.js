// mailbox.js — a real mailbox at real servers, which tests/peers/mailbox.py runs.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const SCRIPT = new URL('../../tests/peers/mailbox.py', import.meta.url).pathname;

export class Mailbox {
  #process;
  #lines;
  /** Where it is: address, password, ports; `missing` says why it isn't there. */
  at;

  async start() {
    this.#process = spawn('python3', [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    this.at = await this.#next();
    return this;
  }

  async #next() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the mail servers ended');
    return JSON.parse(value);
  }

  #ask(what) {
    this.#process.stdin.write(`${JSON.stringify(what)}\n`);
    return this.#next();
  }

  /** From the customer, through the company's mail server. */
  send(subject, text) {
    const { address, customer } = this.at;
    const head = [`From: Jan Klant <${customer}>`, `To: ${address}`, `Subject: ${subject}`];
    const more = [`Message-ID: <${Date.now()}@klant.test>`, 'Content-Type: text/plain', '', text];
    return this.#ask({ send: [...head, ...more].join('\r\n') });
  }

  /** What the customer has in his mailbox. */
  read() {
    return this.#ask({ read: true });
  }

  stop() {
    this.#process?.stdin.end();
  }
}
