import type { ClaimMapping } from "./claim-mapping.js";
import { alternativesOf } from "./claim-path.js";
import { parseClaimPath } from "./parse-claim-path.js";

/**
 * What mappings are warned of: a changeable claim as an identity, an e-mail address nobody verified, a claim people
 * write themselves, and a claim policies can read anyway.
 */
export type MappingFindingCode =
  "mutable_identity" | "email_not_verified" | "self_asserted_claim" | "already_available";

/** Something about mappings that is allowed, and probably not meant. */
export interface MappingFinding {
  /** What it is. */
  readonly code: MappingFindingCode;
  /** The mapping's attribute, without prefix. */
  readonly attribute: string;
  /** Where it is, as a JSON Pointer into the list of mappings (RFC 6901): `/0/jwtPath`. */
  readonly path: string;
  /** What to think of it, in one line for people. */
  readonly message: string;
}

/** A mapping seen through one of its ways. */
interface Subject {
  readonly mapping: ClaimMapping;
  /** The names on the way. */
  readonly names: readonly string[];
  /** The last of them. */
  readonly last: string;
  /** The last names of all ways of all mappings. */
  readonly mapped: ReadonlySet<string>;
}

interface Rule {
  readonly code: MappingFindingCode;
  readonly applies: (subject: Subject) => boolean;
  readonly describe: (subject: Subject) => string;
}

const mutableClaims: ReadonlySet<string> = new Set([
  "email",
  "mail",
  "name",
  "nickname",
  "phone_number",
  "preferred_username",
  "unique_name",
  "upn",
  "username",
  "cognito:username",
]);

const identityAttribute =
  /^(?:(?:user|account|person|principal|owner|external|customer)(?:_?id|_key)?|id|uid|sub|subject|identity)$/;

const writableByPeople: ReadonlySet<string> = new Set(["user_metadata", "unsafe_metadata"]);

const available: ReadonlyMap<string, string> = new Map([
  ["iss", "external_issuer"],
  ["sub", "external_subject"],
  ["aud", "external_audience"],
]);

const rules: readonly Rule[] = [
  {
    code: "mutable_identity",
    applies: ({ last, mapping }) =>
      mutableClaims.has(last) && identityAttribute.test(mapping.attribute),
    describe: ({ last }) =>
      `\`${last}\` can change and can pass to somebody else; a person is \`external_issuer\` and \`external_subject\` together`,
  },
  {
    code: "email_not_verified",
    applies: ({ last, mapped }) => last === "email" && !mapped.has("email_verified"),
    describe: ({ mapping }) =>
      `an address may be typed in by anybody: map \`email_verified\` too, and ask for it wherever a policy reads \`ext_${mapping.attribute}\``,
  },
  {
    code: "self_asserted_claim",
    applies: ({ names }) => names.some((name) => writableByPeople.has(name)),
    describe: ({ names }) =>
      `people can write \`${names.join(".")}\` themselves: nothing a policy allows may rest on it`,
  },
  {
    code: "already_available",
    applies: ({ names, last }) => names.length === 1 && available.has(last),
    describe: ({ last }) =>
      `policies read this claim without a mapping, as \`${available.get(last)}\``,
  },
];

/** Finds what is allowed in mappings but probably not meant, in their order. */
export function lintClaimMappings(mappings: readonly ClaimMapping[]): readonly MappingFinding[] {
  const mapped = new Set(mappings.flatMap(waysOf).map((names) => names.at(-1) ?? ""));
  return mappings.flatMap((mapping, index) => {
    const subjects = waysOf(mapping).map((names) => ({
      mapping,
      names,
      last: names.at(-1) ?? "",
      mapped,
    }));
    return rules.flatMap(({ code, applies, describe }) => {
      const subject = subjects.find(applies);
      const { attribute } = mapping;
      return subject === undefined
        ? []
        : [{ code, attribute, path: `/${index}/jwtPath`, message: describe(subject) }];
    });
  });
}

/** The names on each way to the claim; the whole text too, as that is looked for first. */
function waysOf({ jwtPath }: ClaimMapping): readonly (readonly string[])[] {
  return alternativesOf(jwtPath).flatMap((way) => {
    const parsed = parseClaimPath(way);
    const segments = parsed.ok ? parsed.value.segments : [];
    const names = segments.flatMap((segment) => (segment.kind === "name" ? [segment.name] : []));
    return typeof way === "string" && names.length > 1 ? [[way], names] : [names];
  });
}
