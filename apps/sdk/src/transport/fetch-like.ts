/** The methods the API uses. */
export type HttpMethod = "GET" | "POST" | "PUT" | "DELETE";

/** The request this package makes: the part of the standard `RequestInit` that every runtime understands. */
export interface FetchInit {
  /** The HTTP method. */
  readonly method: HttpMethod;
  /** The header fields, by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON text; absent where there is nothing to send. */
  readonly body?: string;
  /** Redirects come back as answers and are never followed. */
  readonly redirect: "manual";
  /** Aborts when the caller gives up or the time is over. */
  readonly signal: AbortSignal;
  /** Keeps caching wrappers of `fetch` away from decisions; absent where the runtime would reject it. */
  readonly cache?: "no-store";
}

/** Reads a body as it arrives: the part of the standard `ReadableStreamDefaultReader` this package uses. */
export interface FetchBodyReader {
  /** Resolves to the next piece. */
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  /** Gives up the rest. */
  cancel(): Promise<void>;
}

/** The part of the standard `Response` this package reads. */
export interface FetchResponse {
  /** The HTTP status; 0 for a redirect that a browser hides. */
  readonly status: number;
  /** The header fields. */
  readonly headers: {
    /** The value of a field, or `null`. Names are compared without regard to case. */
    get(name: string): string | null;
  };
  /** The body as a stream; only `audit.export` reads it. */
  readonly body?: { getReader(): FetchBodyReader } | null;
  /** Reads the whole body. */
  text(): Promise<string>;
}

/** What can be passed as `fetch`: the runtime's own, or a wrapper that adds a proxy, tracing or certificates. */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchResponse>;
