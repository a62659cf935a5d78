import type { ProviderRecord } from "@byot/storage";
import type { JsonObject, KeySourceStatus, TokenRefusal } from "@byot/token-verifier";
import type { DiagnosisFinding } from "./diagnosis.js";

/** All that is known about a refused token. Only `refusal` is sure; what the token says may be anybody's. */
export interface Evidence {
  /** The token as it was sent. */
  readonly token: unknown;
  /** Why the verifier refused it. */
  readonly refusal: TokenRefusal;
  /** What its header says; empty when it cannot be read. */
  readonly header: JsonObject;
  /** What its claims say; empty when they cannot be read. */
  readonly claims: JsonObject;
  /** The provider it was held against. */
  readonly provider: ProviderRecord;
  /** The other providers of the workspace. */
  readonly others: readonly ProviderRecord[];
  /** How the provider's keys are doing, where that can be told. */
  readonly keys: KeySourceStatus | undefined;
  /** When, in seconds since 1970. */
  readonly now: number;
  /** Quotes what the token says, or says `instead` to those who may not read it. */
  readonly quote: (value: unknown, instead: string) => string;
}

/** Tells what one refusal is about. */
export type Explain = (evidence: Evidence) => DiagnosisFinding;

/** A text of somebody else within a sentence: short, on one line, between backticks. */
export function quoted(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return `\`${text.slice(0, 256).replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}`]/gu, "\uFFFD")}\``;
}

/** Names a provider. */
export function named({ id }: Pick<ProviderRecord, "id">): string {
  return `provider \`${id}\``;
}
