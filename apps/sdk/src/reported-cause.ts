import type { SecretFilter } from "./secret-filter.js";

const deepestCause = 3;

function textOf(thrown: unknown, key: "name" | "message" | "code"): string | undefined {
  if (typeof thrown !== "object" || thrown === null) {
    return undefined;
  }
  const text: unknown = Reflect.get(thrown, key);
  return typeof text === "string" && text !== "" ? text : undefined;
}

/**
 * What a runtime threw, reduced to name, message and code.
 *
 * SECURITY: the thrown object itself is never kept. Wrappers of `fetch` like to hang the request on it, and with that
 * the token.
 */
export class ReportedCause extends Error {
  override readonly name: string;
  /** The runtime's code, such as `ECONNREFUSED`. */
  readonly code: string | undefined;

  /** Copies what may be shown of `thrown` and of its own causes, three deep. */
  constructor(thrown: unknown, filter: SecretFilter, depth: number = deepestCause) {
    const inner: unknown =
      typeof thrown === "object" && thrown !== null ? Reflect.get(thrown, "cause") : undefined;
    super(
      filter(textOf(thrown, "message") ?? "no message"),
      inner === undefined || depth <= 1
        ? {}
        : { cause: new ReportedCause(inner, filter, depth - 1) },
    );
    const code = textOf(thrown, "code");
    this.name = filter(textOf(thrown, "name") ?? "Error");
    this.code = code === undefined ? undefined : filter(code);
    // The frames would be ours, not those of the failure.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** The most telling word of a chain of causes: its innermost code, else its innermost message. */
export function rootOf(cause: ReportedCause): string {
  if (cause.cause instanceof ReportedCause) {
    return rootOf(cause.cause);
  }
  return cause.code ?? cause.message;
}
