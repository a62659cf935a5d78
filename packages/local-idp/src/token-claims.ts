import type { JsonObject } from "./json-value.js";
import type { IssueTokenOptions, LocalIdpOptions } from "./local-idp.js";
import type { Person } from "./person.js";
import { assertNoRegisteredClaim, assertText, assertWholeNumber } from "./option-checks.js";

/** The options of a local identity provider with every default filled in. */
export type LocalIdpSettings = Required<LocalIdpOptions>;

interface TokenSubject {
  readonly person: Person;
  readonly options: IssueTokenOptions;
}

/**
 * The claims set of one token. The registered claims come last, so that nothing replaces them.
 *
 * @throws TypeError when an option is misused or the clock tells no time.
 */
export function createTokenClaims(
  settings: LocalIdpSettings,
  { person, options }: TokenSubject,
): JsonObject {
  const { claims = {}, audience = settings.audience } = options;
  const { expiresInSeconds = settings.tokenLifetimeSeconds } = options;
  assertNoRegisteredClaim("the claims of a token", claims);
  assertText("the audience of a token", audience);
  assertWholeNumber("`expiresInSeconds`", expiresInSeconds);
  const issuedAt = Math.floor(settings.clock().getTime() / 1000);
  assertWholeNumber("the time of the clock", issuedAt);
  return {
    ...person.claims,
    ...claims,
    iss: settings.issuer,
    sub: person.id,
    aud: audience,
    iat: issuedAt,
    exp: issuedAt + expiresInSeconds,
    jti: settings.createTokenId(),
  };
}
