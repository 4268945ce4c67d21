// api.ts — the server, as a visitor's page speaks with it: no cookie, its secret in a header.

export interface Site {
  title: string;
  colour: string | null;
  language: string;
  greeting: string | null;
  offline_text: string | null;
  is_open: boolean;
  has_mail: boolean;
  opens_at: string | null;
  file_mb: number;
  files_max: number;
  text_max: number;
  challenge: string;
}
export interface Item {
  position: number;
  id: string | null;
  direction: 'in' | 'out';
  text: string;
  author: string | null;
  at: string;
  files: { id: string; name: string; type: string; size: number }[];
}
export interface News {
  items: Item[];
  newest: number;
  read: number;
  colleague: string | null;
  colleague_state: string;
  is_open: boolean;
  opens_at: string | null;
  is_known: boolean;
  is_seen: boolean;
  email: string | null;
}
/** An answer that says no. Without a status there was none. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly waitMs = 0,
    /** Which cause of this status it was, where there are several. */
    readonly type = 'about:blank',
  ) {
    super(String(status));
  }
}

export class Api {
  token: string | null = null;
  constructor(private base: string) {}

  async ask(method: string, path: string, body?: object | FormData, keepalive = false) {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.base}/${path}`, {
      method,
      credentials: 'omit',
      keepalive,
      headers: {
        ...(this.token && { 'X-Visitor': this.token }),
        ...(body && !isForm && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    }).catch(() => {
      throw new Refusal(0);
    });
    const wait = Number(response.headers.get('Retry-After') ?? 0) * 1000;
    if (!response.ok) {
      const problem = (await response.json().catch(() => ({}))) as { type?: string };
      throw new Refusal(response.status, wait, problem.type);
    }
    return response;
  }
  async json<T>(method: string, path: string, body?: object | FormData): Promise<T> {
    return (await (await this.ask(method, path, body)).json()) as T;
  }

  /** Calls back at each hint; ends when the line does, or says nothing for long. */
  async listen(onNews: () => void, signal: AbortController): Promise<void> {
    const response = await fetch(`${this.base}/stream`, {
      credentials: 'omit',
      headers: { 'X-Visitor': this.token ?? '' },
      signal: signal.signal,
    });
    if (!response.ok || !response.body) throw new Refusal(response.status);
    const reader = response.body.getReader();
    const text = new TextDecoder();
    for (;;) {
      const silence = setTimeout(() => signal.abort(), 40_000);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      if (text.decode(value).includes('news')) onNews();
    }
  }
}
