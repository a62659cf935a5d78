import { defaultLimits } from "../limits.js";
import type { Result } from "../result.js";
import { joseSignatures } from "../signatures/jose-signatures.js";
import { KnownHeaders } from "../token/known-headers.js";
import { checkTokenShape, type Jws, readJws } from "../token/parse-token.js";
import type { TokenProblem } from "../token-refusal.js";

/**
 * Takes a signed text in compact form apart as a token is, within the default limits, up to the point
 * where its payload would be read as claims.
 */
export function parseJws(text: unknown): Result<Jws, TokenProblem> {
  const shape = checkTokenShape(text, defaultLimits);
  const reading = { limits: defaultLimits, engine: joseSignatures(), headers: new KnownHeaders() };
  return shape.ok ? readJws(shape.value, reading) : shape;
}
