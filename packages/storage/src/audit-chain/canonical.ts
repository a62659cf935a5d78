import type { PersonalFields } from "../decision-record.js";
import type { ChainSegment, ErasureRecord, ImpersonalDecision, TextHash } from "./chain-segment.js";

/** One text for one JSON value, whatever the order of its members: sorted by UTF-16 code units, as in RFC 8785. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sortMembers);
}

function sortMembers(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value;
  }
  const members = Object.entries(value);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members);
}

/** The text of a decision that is hashed. */
export function canonicalDecision(decision: ImpersonalDecision, personalHash: string): string {
  return canonicalJson({ ...decision, at: decision.at.getTime(), personalHash });
}

/** The text of an erasure that is hashed. */
export function canonicalErasure(erasure: ErasureRecord): string {
  return canonicalJson({ ...erasure, at: erasure.at.getTime() });
}

/** What the chain keeps of personal fields. */
export function hashPersonal(personal: PersonalFields, salt: string, hash: TextHash): string {
  return hash(`${salt}\n${canonicalJson(personal)}`);
}

/** The hash of a segment: of the one before, of all it says of itself, and of what is in it, in its order. */
export function hashSegment(
  segment: Omit<ChainSegment, "hash">,
  contents: readonly string[],
  hash: TextHash,
): string {
  const { firstAt, lastAt, ...rest } = segment;
  const header = { ...rest, firstAt: firstAt.getTime(), lastAt: lastAt.getTime() };
  return hash([canonicalJson(header), ...contents].join("\n"));
}
