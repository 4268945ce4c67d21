// proxy.js — stands before the program as a line that can be cut, and a page that can be renewed.
import { once } from 'node:events';
import { createServer, request } from 'node:http';

export class Proxy {
  /** The line is cut: who comes is turned away without an answer. */
  isDown = false;
  /** What becomes of the page itself on its way. */
  renew = (html) => html;
  #sockets = new Set();
  #server = null;
  url = '';

  async start(target) {
    const { hostname, port } = new URL(target);
    this.#server = createServer((asked, answer) => this.#pass(asked, answer, { hostname, port }));
    this.#server.on('connection', (socket) => {
      if (this.isDown) return socket.destroy();
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
  }

  #pass(asked, answer, { hostname, port }) {
    const { method, url: path } = asked;
    const isPage = /^\/(desk(\/|$)|$)/.test(path);
    // What comes compressed can't be renewed, and what isn't changed must not be taken for known.
    const headers = { ...asked.headers };
    if (isPage) ['accept-encoding', 'if-none-match'].forEach((name) => delete headers[name]);
    const passed = request({ hostname, port, method, path, headers }, (got) => {
      if (!isPage) {
        answer.writeHead(got.statusCode, got.headers);
        return got.pipe(answer);
      }
      const pieces = [];
      got.on('data', (piece) => pieces.push(piece));
      got.on('end', () => {
        const body = Buffer.from(this.renew(Buffer.concat(pieces).toString()));
        answer.writeHead(got.statusCode, { ...got.headers, 'content-length': body.length });
        answer.end(body);
      });
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  }

  cut() {
    this.isDown = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  stop() {
    this.cut();
    this.#server?.close();
  }
}
