import type { KeyLookup, KeySource, VerificationKey } from "../keys/key-source.js";
import { fail, type Result, succeed } from "../result.js";
import type { TokenProblem } from "../token-refusal.js";
import type { TokenHeader } from "./token-header.js";

/** Where to look for a key and how long to wait for it. */
export interface KeySearch {
  /** The provider's own source. */
  readonly source: KeySource;
  /** When true, a token has to name its key. */
  readonly requireKid: boolean;
  /** Ends the waiting, not the work of the source. */
  readonly signal?: AbortSignal | undefined;
}

/** Finds the key that a token names in the source of its provider; without waiting if it is there. */
export function findKey(
  header: TokenHeader,
  search: KeySearch,
): Result<VerificationKey, TokenProblem> | Promise<Result<VerificationKey, TokenProblem>> {
  if (header.kid === undefined && search.requireKid) {
    return fail({ code: "token_key_unknown", detail: "header `kid` is missing" });
  }
  const held = search.source.findNow(header);
  return held === undefined ? fetchKey(header, search) : succeed(held);
}

async function fetchKey(
  header: TokenHeader,
  { source, signal }: KeySearch,
): Promise<Result<VerificationKey, TokenProblem>> {
  const lookup = await untilAborted(source.find(header), signal);
  return lookup.status === "found" ? succeed(lookup.key) : fail(describe(lookup, header));
}

function describe(
  lookup: Exclude<KeyLookup, { readonly status: "found" }>,
  { kid }: TokenHeader,
): TokenProblem {
  if (lookup.status === "unavailable") {
    return {
      code: "jwks_unavailable",
      detail: "the signing keys of the provider can not be fetched at the moment",
      retryAfterSeconds: lookup.retryAfterSeconds,
      keyFailure: lookup.failure,
    };
  }
  if (kid === undefined) {
    return {
      code: "token_key_unknown",
      detail: "header `kid` is missing and the provider does not have exactly one key",
    };
  }
  return {
    code: "token_key_unknown",
    detail: "header `kid` names no usable key of the provider",
    ...(lookup.retryAfterSeconds === undefined
      ? {}
      : { retryAfterSeconds: lookup.retryAfterSeconds }),
  };
}

function untilAborted<Value>(
  work: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) {
    return work;
  }
  return new Promise<Value>((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
