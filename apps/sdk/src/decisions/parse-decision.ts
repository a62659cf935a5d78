import type { BatchDecisions, Decision, DecisionReason, Obligation } from "./decision.js";
import { readOwn } from "../values/own-property.js";
import {
  findFlaw,
  isBoolean,
  isInteger,
  isObject,
  isText,
  isTimestamp,
  listOf,
  objectWith,
  oneOf,
  optional,
} from "../values/shape.js";
import type { Shape } from "../values/shape.js";

/** What was read, or the name of the first part of the answer that cannot be it. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | Unreadable;

interface Unreadable {
  readonly ok: false;
  readonly error: string;
}

const reason: Shape<DecisionReason> = { code: isText, message: isText };
const effect = oneOf("Allow", "Deny");
const obligation: Shape<Obligation> = { id: isText, on: effect, attributes: isObject };
const decision: Shape<Decision> = {
  allowed: isBoolean,
  decision: effect,
  reason: objectWith(reason),
  decisionId: isText,
  revision: isInteger,
  evaluatedAt: isTimestamp,
  tokenExpiresAt: isTimestamp,
  obligations: listOf(objectWith(obligation)),
  // It is shown to people, and nothing is decided by it.
  explanation: optional(isObject),
};
const hasDecisionShape = objectWith(decision);

// SECURITY: an answer that says Allow in one place and Deny in another is no answer. Reasons for an Allow begin with
// `allowed_`, those of newer servers too.
function agreesWithItself({ allowed, decision: word, reason: { code } }: Decision): boolean {
  return allowed === (word === "Allow") && allowed === code.startsWith("allowed_");
}

function isDecision(value: unknown): value is Decision {
  return hasDecisionShape(value) && agreesWithItself(value);
}

const batch: Shape<BatchDecisions> = { revision: isInteger, decisions: listOf(isDecision) };
const isBatch = objectWith(batch);

function flawOf<T>(data: unknown, shape: Shape<T>, otherwise: string): Unreadable {
  return {
    ok: false,
    error: isObject(data) ? `data.${findFlaw(data, shape) ?? otherwise}` : "data",
  };
}

/** Reads `{ data: decision }`. Whatever is not a complete decision is refused, never guessed at. */
export function parseDecision(body: unknown): Parsed<Decision> {
  const data = readOwn(body, "data");
  return isDecision(data) ? { ok: true, value: data } : flawOf(data, decision, "decision");
}

/** Reads `{ data: { revision, decisions } }` with as many decisions as there were questions, all on one revision. */
export function parseDecisions(body: unknown, count: number): Parsed<BatchDecisions> {
  const data = readOwn(body, "data");
  return isBatch(data) &&
    data.decisions.length === count &&
    data.decisions.every(({ revision }) => revision === data.revision)
    ? { ok: true, value: data }
    : flawOf(data, batch, "decisions");
}
