import type { LeafCondition } from "../document/policy-document.js";
import type { ScalarTypeName } from "../values/scalar-types.js";
import { type AttributeReference, metadataAttribute } from "./attribute-reference.js";
import type { ExampleAttributes, FunctionExample } from "./function-description.js";

type ExampleValue = string | number | boolean;

/** What the examples of one type are made of. */
export interface ExampleValues {
  /** An attribute that holds one value. */
  readonly single: AttributeReference;
  /** An attribute that holds several. */
  readonly set: AttributeReference;
  /** Three values in order; types of fewer repeat themselves. */
  readonly values: readonly [ExampleValue, ExampleValue, ExampleValue];
  /** How equality is meant, after "equal to the value". */
  readonly equality: string;
}

/** The examples' values by type. */
export const exampleValues: Readonly<Record<ScalarTypeName, ExampleValues>> = {
  string: {
    single: { attribute: "ext_plan" },
    set: { attribute: "ext_groups" },
    values: ["business", "free", "premium"],
    equality: ", code point by code point",
  },
  integer: {
    single: inMetadata("orderAmount"),
    set: inMetadata("lineAmounts"),
    values: [9_999, 10_000, 10_001],
    equality: ", exactly, however many digits it has",
  },
  double: {
    single: { attribute: "ext_risk_score" },
    set: inMetadata("scores"),
    values: [0.25, 0.5, 0.75],
    equality: "",
  },
  boolean: {
    single: { attribute: "ext_email_verified" },
    set: inMetadata("answers"),
    values: [false, true, false],
    equality: "",
  },
  date: {
    single: { attribute: "ext_hired_on" },
    set: inMetadata("days"),
    values: ["2026-02-28", "2026-03-01", "2026-03-02"],
    equality: "",
  },
  time: {
    single: inMetadata("pickupAt"),
    set: inMetadata("slots"),
    values: ["08:30", "09:00", "17:00:30"],
    equality: "; seconds left out are zero",
  },
  datetime: {
    single: { attribute: "ext_auth_time" },
    set: inMetadata("visits"),
    values: ["2026-03-01T08:00:00Z", "2026-03-01T10:00:00+01:00", "2026-03-01T10:00:00Z"],
    equality: " as an instant, whatever their offsets are",
  },
  ip: {
    single: { attribute: "ip_address" },
    set: inMetadata("hops"),
    values: ["192.0.2.1", "192.0.2.2", "2001:db8::1"],
    equality: ", however the address is written",
  },
  email: {
    single: { attribute: "ext_email" },
    set: { attribute: "ext_emails" },
    values: ["alice@example.org", "bob@example.org", "carol@example.org"],
    equality: "; the case of the domain does not count, that of the local part does",
  },
};

/** An example whose attribute holds one value when the condition is true and another when it is false. */
export function example(
  condition: LeafCondition,
  trueFor: unknown,
  falseFor: unknown,
): FunctionExample {
  return {
    condition,
    trueFor: attributesWith(condition, trueFor),
    falseFor: attributesWith(condition, falseFor),
  };
}

function attributesWith(
  { attribute, metadata_key: key }: AttributeReference,
  value: unknown,
): ExampleAttributes {
  return { [attribute]: key === undefined ? value : { [key]: value } };
}

function inMetadata(key: string): AttributeReference {
  return { attribute: metadataAttribute, metadata_key: key };
}
