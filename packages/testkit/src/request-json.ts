/** A request as a test words it. */
export interface JsonRequest {
  /** The HTTP method. @defaultValue `"GET"` */
  readonly method?: string;
  /** Header fields; they go over `content-type: application/json`, sent with any body. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`: broken JSON, another encoding, too much of it. */
  readonly rawBody?: string | Uint8Array;
  /** How long to wait for the whole answer, in milliseconds. @defaultValue `10_000` */
  readonly timeoutMs?: number;
}

/** An answer as a test reads it. */
export interface JsonAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Header fields; names are looked up without regard to case. */
  readonly headers: Headers;
  /** What the JSON says; `undefined` when the content type is not JSON or nothing was sent. */
  readonly body: unknown;
  /** The body to the letter. */
  readonly text: string;
}

const jsonContentType = /^application\/(?:[\w.-]+\+)?json\b/;

/**
 * Sends a request and reads the answer, whatever its status. Redirects are not followed.
 *
 * @throws SyntaxError when the answer calls itself JSON and is not.
 */
export async function requestJson(url: string, request: JsonRequest = {}): Promise<JsonAnswer> {
  const { method = "GET", timeoutMs = 10_000 } = request;
  const body = bodyOf(request);
  const response = await fetch(url, {
    method,
    headers: headersOf(request),
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, body: parseBody(headers, text), text };
}

function bodyOf({ body, rawBody }: JsonRequest): string | Uint8Array | undefined {
  return rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
}

function headersOf(request: JsonRequest): Headers {
  const headers = new Headers(request.headers);
  if (bodyOf(request) !== undefined && !headers.has("content-type")) {
    headers.set("content-type", "application/json");
  }
  return headers;
}

function parseBody(headers: Headers, text: string): unknown {
  const isJson = jsonContentType.test(headers.get("content-type") ?? "");
  return isJson && text !== "" ? JSON.parse(text) : undefined;
}
