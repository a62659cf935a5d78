import { readDocument } from "../document/parse-policy.js";
import type { PolicySpecification } from "../document/policy-document.js";
import { withPointer } from "../document/policy-problem.js";
import type { AttributeSchema } from "./attribute-schema.js";
import { findAlias } from "./find-aliases.js";
import { findAttributeHints } from "./find-attribute-hints.js";
import { findGroupHints, findLeafHints } from "./find-group-hints.js";
import { findLiteralHints } from "./find-literal-hints.js";
import { findRuleHints } from "./find-rule-hints.js";
import { findTypeConflicts } from "./find-type-conflicts.js";
import type { Finding, LocatedFinding } from "./finding.js";
import { walkConditions } from "./walk-conditions.js";

/** The most findings that are reported for one document; errors come before others. */
const maximumFindings = 1_000;

const ranks = { error: 0, warning: 1, info: 2 } as const;

/**
 * Everything there is to say about a policy before it is stored: all that `parsePolicy` refuses, and, where
 * it refuses nothing, conflicts of types, warnings and remarks. A policy with an `error` must not be stored.
 *
 * Give the schema of the workspace to hold the policy against the attributes its providers map. Never
 * throws; the same document gives the same findings, errors first, then in document order.
 */
export function validatePolicy(document: unknown, schema?: AttributeSchema): readonly Finding[] {
  const result = readDocument(document);
  const found = result.ok
    ? findInSpecification(result.value.specification, document, schema)
    : result.error.map((problem): LocatedFinding => ({ ...problem, severity: "error" }));
  return found
    .toSorted((a, b) => ranks[a.severity] - ranks[b.severity])
    .slice(0, maximumFindings)
    .map(withPointer);
}

function findInSpecification(
  specification: PolicySpecification,
  json: unknown,
  schema: AttributeSchema | undefined,
): LocatedFinding[] {
  const path = ["specification"];
  const { leaves, groups } = walkConditions(specification, path);
  return [
    ...findTypeConflicts(leaves, schema),
    ...findRuleHints(specification, path),
    ...groups.flatMap((placed) => [...findGroupHints(placed), ...findAlias(placed, json)]),
    ...leaves.flatMap((placed) => [
      ...findAttributeHints(placed, schema),
      ...findLiteralHints(placed),
      ...findLeafHints(placed),
      ...findAlias(placed, json),
    ]),
  ];
}
