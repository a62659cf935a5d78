import type { SecretFilter } from "./secret-filter.js";

const deepestCause = 3;

function partOf(thrown: unknown, key: "name" | "message" | "code" | "cause"): unknown {
  return typeof thrown === "object" && thrown !== null ? Reflect.get(thrown, key) : undefined;
}

function textOr<T>(otherwise: T, text: unknown, filter: SecretFilter): string | T {
  return typeof text === "string" && text !== "" ? filter(text) : otherwise;
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
    const inner = partOf(thrown, "cause");
    super(
      textOr("no message", partOf(thrown, "message"), filter),
      inner === undefined || depth <= 1
        ? {}
        : { cause: new ReportedCause(inner, filter, depth - 1) },
    );
    this.name = textOr("Error", partOf(thrown, "name"), filter);
    this.code = textOr(undefined, partOf(thrown, "code"), filter);
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
