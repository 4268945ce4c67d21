// challenge.ts — the little work before a chat begins. By hand: a page without TLS has no
// crypto.subtle, and asking it for one small hash after the other takes longer than making them.

const K: number[] = [];
const START: number[] = [];
for (let n = 2; K.length < 64; n++) {
  let isPrime = true;
  for (let i = 2; i * i <= n; i++) if (n % i === 0) isPrime = false;
  if (!isPrime) continue;
  if (START.length < 8) START.push((n ** 0.5 * 2 ** 32) | 0);
  K.push((n ** (1 / 3) * 2 ** 32) | 0);
}

/** SHA-256 of ASCII. */
export function sha256(text: string): number[] {
  const blocks = ((text.length + 8) >> 6) + 1;
  const words = new Array<number>(blocks * 16).fill(0);
  for (let i = 0; i < text.length; i++) words[i >> 2]! |= text.charCodeAt(i) << (24 - (i % 4) * 8);
  words[text.length >> 2]! |= 0x80 << (24 - (text.length % 4) * 8);
  words[words.length - 1] = text.length * 8;
  const hash = [...START];
  const w = new Array<number>(64);
  for (let at = 0; at < words.length; at += 16) {
    let [a, b, c, d, e, f, g, h] = hash as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < 64; i++) {
      if (i < 16) {
        w[i] = words[at + i]!;
      } else {
        const x = w[i - 15]!;
        const y = w[i - 2]!;
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
      }
      const e1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const a0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t1 = (h + e1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
      const t2 = (a0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (hash[i] = (hash[i]! + value) | 0));
  }
  return hash;
}

/** The number that solves a challenge; in slices, so that the page stays quick. */
export async function solve(challenge: string): Promise<string> {
  const bits = Number.parseInt(challenge, 10);
  for (let n = 0; ; n++) {
    if (n % 2000 === 1999) await new Promise((next) => setTimeout(next));
    if (Math.clz32(sha256(`${challenge}.${n}`)[0]!) >= bits) return String(n);
  }
}
