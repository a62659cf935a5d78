import { randomUUID } from "node:crypto";
import { CompactSign } from "jose";
import type { JsonObject } from "./json-value.js";
import type { JWKSet } from "./json-web-key.js";
import type { IssueTokenProblem, LocalIdp, LocalIdpOptions } from "./local-idp.js";
import { assertNoRegisteredClaim, assertText, assertWholeNumber } from "./option-checks.js";
import type { Person } from "./person.js";
import type { SigningKey } from "./signing-key.js";
import { createTokenClaims, type LocalIdpSettings } from "./token-claims.js";

const defaultTokenLifetimeSeconds = 600;

/**
 * Puts a local identity provider together; nothing is read from the environment. People are copied,
 * so a later change of theirs reaches no token.
 *
 * @throws TypeError when an option is misused: an empty issuer or audience, a lifetime that is not a
 * whole number of at least 1, an empty or repeated id, a person with a registered claim.
 */
export function createLocalIdp(options: LocalIdpOptions): LocalIdp {
  const settings: LocalIdpSettings = {
    ...options,
    people: structuredClone(options.people),
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? defaultTokenLifetimeSeconds,
    createTokenId: options.createTokenId ?? randomUUID,
  };
  assertSettings(settings);
  const peopleById = indexPeople(settings.people);
  return {
    issuer: settings.issuer,
    audience: settings.audience,
    people: settings.people,
    jwks: () => publicKeys(settings.key),
    issueToken: async (personId, tokenOptions = {}) => {
      const person = peopleById.get(personId);
      if (person === undefined) {
        return { ok: false, error: unknownPerson([...peopleById.keys()]) };
      }
      const claims = createTokenClaims(settings, { person, options: tokenOptions });
      return { ok: true, value: await signClaims(claims, settings.key) };
    },
  };
}

function assertSettings({ issuer, audience, tokenLifetimeSeconds }: LocalIdpSettings): void {
  assertText("`issuer`", issuer);
  assertText("`audience`", audience);
  assertWholeNumber("`tokenLifetimeSeconds`", tokenLifetimeSeconds);
  if (tokenLifetimeSeconds < 1) {
    throw new TypeError("`tokenLifetimeSeconds` must be at least 1");
  }
}

function indexPeople(people: readonly Person[]): ReadonlyMap<string, Person> {
  const peopleById = new Map<string, Person>();
  for (const person of people) {
    assertText("the id of a person", person.id);
    assertNoRegisteredClaim(`the claims of person \`${person.id}\``, person.claims);
    if (peopleById.has(person.id)) {
      throw new TypeError(`two people have the id \`${person.id}\``);
    }
    peopleById.set(person.id, person);
  }
  return peopleById;
}

function publicKeys({ publicJwk }: SigningKey): JWKSet {
  // SECURITY: named one by one, so that a key put together by hand cannot carry its private members
  // out of here.
  const { kty, kid, use, alg, n, e } = publicJwk;
  return { keys: [{ kty, kid, use, alg, n, e }] };
}

function unknownPerson(knownIds: readonly string[]): IssueTokenProblem {
  const known = knownIds.map((id) => `\`${id}\``).join(", ");
  const hint = known === "" ? "there are no people" : `the people are ${known}`;
  return { code: "person_unknown", message: `nobody has this id, ${hint}` };
}

async function signClaims(claims: JsonObject, key: SigningKey): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: key.kid })
    .sign(key.privateKey);
}
