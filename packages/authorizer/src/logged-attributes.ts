import type { ConsultedAttribute, RequestAttributes } from "@byot/policy-engine";
import type { LoggedAttribute } from "@byot/storage";
import { refusedWithoutPolicy } from "./decide.js";
import type { Situation } from "./situation.js";
import { keptText } from "./storable-text.js";

/** The most attributes that the record of one decision names. */
const mostAttributes = 64;
/** The most elements that a record holds of a list. */
const mostElements = 32;

const none: readonly LoggedAttribute[] = [];

/** The names alone of the lists that a plan gives, as they stand in records of tokens. */
const namesOf = new WeakMap<readonly ConsultedAttribute[], readonly LoggedAttribute[]>();

/**
 * What the policies in question look at, as far as the workspace lets it be kept: the first 64 of them. Of values, a
 * text is kept up to 256 characters and a list up to 32 elements; one that is neither a text, a number, a truth value
 * nor a list of those is not kept at all.
 *
 * @param subject - What the log may hold in the place of the subject.
 */
export function loggedAttributes(
  situation: Situation,
  asked: RequestAttributes,
  subject: string,
): readonly LoggedAttribute[] {
  const { snapshot } = situation;
  const { logAttributes } = snapshot.settings;
  if (logAttributes === "none" || refusedWithoutPolicy(snapshot, asked) !== undefined) {
    return none;
  }
  const consulted = snapshot.plan.attributesOf(asked.resource, asked.action);
  if (logAttributes === "names") {
    return namesAlone(situation, consulted);
  }
  return consulted.slice(0, mostAttributes).map((attribute) => {
    const value =
      attribute.reference.attribute === "external_subject"
        ? subject
        : keptValue(attribute.read(asked));
    const named = nameOf(situation, attribute);
    return value === undefined ? named : { ...named, value };
  });
}

// Nothing is made anew for the records of tokens, which are almost all.
function namesAlone(
  situation: Situation,
  consulted: readonly ConsultedAttribute[],
): readonly LoggedAttribute[] {
  const isUsual = situation.principal.isExternal && situation.address?.origin !== "server";
  const known = isUsual ? namesOf.get(consulted) : undefined;
  if (known !== undefined) {
    return known;
  }
  const names = consulted.slice(0, mostAttributes).map((each) => nameOf(situation, each));
  if (isUsual) {
    namesOf.set(consulted, names);
  }
  return names;
}

function nameOf(situation: Situation, consulted: ConsultedAttribute): LoggedAttribute {
  return { name: keptText(consulted.label), origin: originOf(situation, consulted) };
}

// The engine goes by names; who vouches for an address, or for a subject without token, is known here alone.
function originOf(
  { principal, address }: Situation,
  { reference, origin }: ConsultedAttribute,
): LoggedAttribute["origin"] {
  if (reference.attribute === "ip_address") {
    return address?.origin ?? origin;
  }
  if (origin === "token" && !principal.isExternal) {
    return reference.attribute === "is_external_principal" ? "server" : "caller";
  }
  return origin;
}

function keptValue(value: unknown): unknown {
  if (!Array.isArray(value)) {
    return keptScalar(value);
  }
  const elements: readonly unknown[] = value;
  return elements
    .slice(0, mostElements)
    .map(keptScalar)
    .filter((element) => element !== undefined);
}

function keptScalar(value: unknown): string | number | boolean | undefined {
  if (typeof value === "string" || typeof value === "bigint") {
    return keptText(String(value));
  }
  const isKept =
    typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
  return isKept ? value : undefined;
}
