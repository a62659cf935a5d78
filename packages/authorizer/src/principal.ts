import type { AttributeInput } from "@byot/policy-engine";
import type { VerifiedToken } from "@byot/token-verifier";
import type { SubjectCheckRequest } from "./check.js";
import type { MappedAttributes } from "./map-token-claims.js";
import { subjectAttributes } from "./subject-attributes.js";

/** Whom a check is about. */
export interface Principal {
  /** Whether a verified token speaks for it. */
  readonly isExternal: boolean;
  /** The issuer under which it stands in the decision log. */
  readonly issuer: string;
  /** The provider under which it stands in the decision log. */
  readonly providerId: string;
  /** What policies read as `external_subject`. */
  readonly subject: string;
  /** What policies read as `external_audience`; absent without a token. */
  readonly audience?: readonly string[];
  /** The id of its token; absent where it has none. */
  readonly tokenId?: string | undefined;
  /** Its attributes by `ext_*` name. */
  readonly attributes: ReadonlyMap<string, AttributeInput>;
}

/**
 * The issuer and the provider under which the decision log holds subjects that no token speaks for. No provider can
 * have either: an issuer is an `https` URL, and a provider's id holds no colon.
 */
export const plainSubjectIssuer = "byot:subject";

/** The holder of a verified token. */
export function tokenPrincipal(token: VerifiedToken, attributes: MappedAttributes): Principal {
  const { issuer, provider, subject, audience, tokenId } = token;
  return {
    isExternal: true,
    issuer,
    providerId: provider.id,
    subject,
    audience,
    tokenId,
    attributes,
  };
}

/** Somebody whom the application knows, and no token speaks for. */
export function subjectPrincipal({ subjectId, properties = {} }: SubjectCheckRequest): Principal {
  return {
    isExternal: false,
    issuer: plainSubjectIssuer,
    providerId: plainSubjectIssuer,
    subject: subjectId,
    attributes: subjectAttributes(properties),
  };
}
