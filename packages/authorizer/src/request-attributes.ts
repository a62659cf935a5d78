import type { RequestAttributes } from "@byot/policy-engine";
import type { VerifiedToken } from "@byot/token-verifier";

type NamedAttributes = RequestAttributes["named"];

/** What the attributes of one check are made from. */
export interface AttributeSources {
  /** The verified token. */
  readonly token: VerifiedToken;
  /** The token's mapped claims, by `ext_*` name. */
  readonly mapped: NamedAttributes;
  /** When the check is made. */
  readonly now: Date;
  /** The resource asked for. */
  readonly resource: string;
  /** The action asked for. */
  readonly action: string;
  /** What the caller asserts about the request. */
  readonly context: Readonly<Record<string, unknown>>;
}

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/**
 * What policies may read. The attributes of the token's holder are set last: no mapping and no context can take the
 * place of `external_subject` or `is_external_principal`.
 */
export function requestAttributes(sources: AttributeSources): RequestAttributes {
  const { token, mapped, now, resource, action, context } = sources;
  const named = new Map(mapped)
    .set("is_external_principal", true)
    .set("external_issuer", token.issuer)
    .set("external_subject", token.subject)
    .set("external_audience", token.audience)
    .set("current_time", now.toISOString())
    .set("day_of_week", weekdays[now.getUTCDay()] ?? "");
  return { resource, action, named, metadata: context };
}
