import type { KeySource, VerificationKey } from "../keys/key-source.js";
import { fail, type Result } from "../result.js";
import { isSameAlgorithm, type SignatureAlgorithm } from "../signature-algorithm.js";
import type { SignatureEngine } from "../signatures/signature-engine.js";
import type { TokenProblem } from "../token-refusal.js";
import { findKey } from "./find-key.js";
import type { Jws } from "./parse-token.js";

/** The keys that may prove a signature, and how. */
export interface SignatureKeys {
  /** Where the keys are. */
  readonly source: KeySource;
  /** With which algorithms they may be used. */
  readonly algorithms: readonly SignatureAlgorithm[];
  /** When true, a signed text has to name its key. */
  readonly requireKid: boolean;
  /** Does the arithmetic. */
  readonly engine: SignatureEngine;
  /** Ends the waiting for keys. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Proves that one of the keys signed a text, by an algorithm that is allowed for them, and tells which key
 * it was. What the text says is not looked at.
 */
export async function verifySignature(
  { compact, header }: Pick<Jws, "compact" | "header">,
  keys: SignatureKeys,
): Promise<Result<VerificationKey, TokenProblem>> {
  const { alg } = header;
  if (!keys.algorithms.some((allowed) => isSameAlgorithm(allowed, alg))) {
    return fail({
      code: "token_alg_not_allowed",
      detail: "header `alg` is not an algorithm that the provider may use",
    });
  }
  const found = findKey(header, keys);
  const key = found instanceof Promise ? await found : found;
  if (!key.ok) {
    return key;
  }
  const { cryptoKey } = key.value;
  try {
    const answer = keys.engine.verify({ compact, alg, cryptoKey });
    const proven = typeof answer === "boolean" ? answer : await answer;
    // SECURITY: an engine comes from outside; whatever is not exactly `true` proves nothing.
    // oxlint-disable-next-line typescript/no-unnecessary-boolean-literal-compare -- a truthy answer is no proof
    return proven === true ? key : unproven("the signature does not match the key");
  } catch {
    // A key that can not be used with the algorithm is a plain `TypeError` in places. Whatever went
    // wrong, the signature is not proven.
    return unproven("the signature can not be checked with the key");
  }
}

function unproven(detail: string): Result<never, TokenProblem> {
  return fail({ code: "token_signature_invalid", detail });
}
