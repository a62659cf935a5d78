/** The cookies of one browser at one site; paths and expiry do not matter for one log-in. */
export interface CookieJar {
  /** Keeps what an answer sets. */
  readonly store: (headers: Headers) => void;
  /** What to send as `cookie`. */
  readonly header: () => string;
}

/** Makes an empty cookie jar. */
export function createCookieJar(): CookieJar {
  const cookies = new Map<string, string>();
  return {
    store: (headers) => {
      for (const cookie of headers.getSetCookie()) {
        const [pair = ""] = cookie.split(";");
        const [name = ""] = pair.split("=");
        cookies.set(name, pair);
      }
    },
    header: () => [...cookies.values()].join("; "),
  };
}
