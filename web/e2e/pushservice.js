// pushservice.js — a push service and the browser behind it: takes what the program sends, checks
// who signed it (RFC 8292) and opens it (RFC 8291), by Node's own cryptography.
import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

const TAG = 16;

export class PushService {
  /** What the next one is answered. */
  status = 201;
  notices = [];
  #browser = createECDH('prime256v1');
  #auth = randomBytes(16);
  #server = null;
  #origin = '';

  async start() {
    this.#browser.generateKeys();
    this.#server = createServer(async (asked, answer) => {
      const pieces = [];
      for await (const piece of asked) pieces.push(piece);
      this.notices.push({
        ...this.#open(Buffer.concat(pieces)),
        by: this.#signed(asked),
        headers: asked.headers,
      });
      answer.writeHead(this.status).end();
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#origin = `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** As a browser's PushSubscription has it. */
  get subscription() {
    return {
      endpoint: `${this.#origin}/send/1`,
      p256dh: this.#browser.getPublicKey('base64url'),
      auth: this.#auth.toString('base64url'),
    };
  }

  /** The key that signed it, when the claims are for us and hold now. */
  #signed({ headers }) {
    const [, token, key] = headers.authorization.match(/^vapid t=(\S+), k=(\S+)$/);
    const [head, claims, signature] = token.split('.');
    const point = Buffer.from(key, 'base64url');
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    };
    const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    const isGood = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    const now = Date.now() / 1000;
    const isNow = exp > now && exp < now + 24 * 3600;
    return isGood && isNow && aud === this.#origin && sub.startsWith('mailto:') ? key : null;
  }

  #open(body) {
    const salt = body.subarray(0, 16);
    const theirs = body.subarray(21, 21 + body[20]);
    const info = Buffer.concat([
      Buffer.from('WebPush: info\0'),
      this.#browser.getPublicKey(),
      theirs,
    ]);
    const mixed = Buffer.from(
      hkdfSync('sha256', this.#browser.computeSecret(theirs), this.#auth, info, 32),
    );
    const key = hkdfSync('sha256', mixed, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
    const nonce = hkdfSync('sha256', mixed, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
    const sealed = body.subarray(21 + body[20]);
    const opener = createDecipheriv('aes-128-gcm', Buffer.from(key), Buffer.from(nonce));
    opener.setAuthTag(sealed.subarray(-TAG));
    const opened = Buffer.concat([opener.update(sealed.subarray(0, -TAG)), opener.final()]);
    // The last octet says that this is the last record.
    const text = opened.subarray(0, -1).toString();
    return { text, size: body.length, ...JSON.parse(text) };
  }

  stop() {
    this.#server?.close();
  }
}
