// client.ts — calls the API as the person whose session the browser's cookie holds.
import {
  Operations,
  type Calendar,
  type CallOptions,
  type File,
  type ImportLine,
  type Problem,
} from './api';

/** What the server, or the way to it, said no with. */
export class ApiError extends Error {
  constructor(
    /** The HTTP status; 0: the server could not be reached. */
    readonly status: number,
    message: string,
    readonly fields: NonNullable<Problem['errors']> = [],
  ) {
    super(message);
  }

  get isOffline() {
    return this.status === 0;
  }
}

/** What became of a line of a table. */
export type TableLine = Pick<ImportLine, 'line' | 'outcome' | 'name' | 'column' | 'reason'>;

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'detail' in value;
}

/** A page that is closed at this moment has changed it all the same; browsers let no more through. */
const KEPT_ALIVE_MAX = 16_000;

/** The query string of what is given; what is undefined is left out. */
export function queryOf(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}

export class Api extends Operations {
  /** Proves that a change comes from our own page; `Me` has it. */
  csrf: string | null = null;
  /** Called when the session has ended. */
  onLoggedOut: () => void = () => {};

  protected override async call<Answer>(
    method: string,
    path: string,
    { query = {}, body, ifMatch, idempotencyKey }: CallOptions,
  ): Promise<Answer> {
    const isForm = body instanceof FormData;
    const headers = this.#headers(method);
    if (body !== undefined && !isForm) headers['Content-Type'] = 'application/json';
    if (ifMatch) headers['If-Match'] = ifMatch;
    if (idempotencyKey) headers['Idempotency-Key'] = idempotencyKey;
    const content = body === undefined ? null : isForm ? body : JSON.stringify(body);
    const isOnce = method === 'PUT' || (idempotencyKey !== undefined && !isForm);
    return this.#fetch(path + queryOf(query), {
      method,
      headers,
      body: content,
      keepalive: isOnce && String(content).length < KEPT_ALIVE_MAX,
    });
  }

  /** The next piece of an upload, behind the bytes that are there. */
  async patchFilePiece(id: string, offset: number, body: Blob, signal: AbortSignal): Promise<File> {
    const headers = {
      ...this.#headers('PATCH'),
      'Content-Type': 'application/octet-stream',
      'Upload-Offset': String(offset),
    };
    const path = `/api/v1/files/${encodeURIComponent(id)}`;
    return this.#fetch(path, { method: 'PATCH', headers, body, signal });
  }

  /** What becomes of each line of a table of customers, or of records of a type; `isTrial`: without
   * doing it. */
  async postTable(type: string | null, table: Blob, isTrial: boolean): Promise<TableLine[]> {
    const whose = type === null ? 'people' : `record-types/${encodeURIComponent(type)}`;
    const path = `/api/v1/${whose}/imports${isTrial ? '/trial' : ''}`;
    const headers = { ...this.#headers('POST'), 'Content-Type': 'text/csv' };
    const lines = await this.#fetch<{ items: TableLine[] }>(path, {
      method: 'POST',
      headers,
      body: table,
    });
    return lines.items;
  }

  /** Adds what a calendar file says to a calendar. */
  async postCalendarFile(id: string, file: Blob, ifMatch: string): Promise<Calendar> {
    const headers = {
      ...this.#headers('POST'),
      'Content-Type': 'text/calendar',
      'If-Match': ifMatch,
    };
    const path = `/api/v1/calendars/${encodeURIComponent(id)}/import`;
    return this.#fetch(path, { method: 'POST', headers, body: file });
  }

  /** A part of all customers, or of the records of a type, as a table, and where the next one goes
   * on. */
  async getTable(
    type: string | null,
    cursor: string | null,
  ): Promise<{ table: string; next: string | null }> {
    const what = type === null ? 'people' : `records/${encodeURIComponent(type)}`;
    const path = `/api/v1/exports/${what}${queryOf({ cursor: cursor ?? undefined })}`;
    const response = await this.#answer(path, { headers: this.#headers('GET') });
    return { table: await response.text(), next: response.headers.get('X-Next') };
  }

  #headers(method: string): Record<string, string> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (this.csrf && method !== 'GET') headers['X-CSRF-Token'] = this.csrf;
    return headers;
  }

  async #answer(path: string, options: RequestInit): Promise<Response> {
    const response = await fetch(path, options).catch((error: unknown) => {
      throw new ApiError(0, String(error));
    });
    if (!response.ok) throw await this.#failed(response);
    return response;
  }

  async #fetch<Answer>(path: string, options: RequestInit): Promise<Answer> {
    const response = await this.#answer(path, options);
    const text = await response.text();
    return (text ? JSON.parse(text) : undefined) as Answer;
  }

  async #failed(response: Response): Promise<ApiError> {
    const problem: unknown = await response.json().catch(() => null);
    if (response.status === 401) this.onLoggedOut();
    return isProblem(problem)
      ? new ApiError(response.status, problem.detail, problem.errors)
      : new ApiError(response.status, response.statusText);
  }
}

/** The ETag of a thing's version. */
export function versionTag(thing: { version: number }): string {
  return `"${thing.version}"`;
}
