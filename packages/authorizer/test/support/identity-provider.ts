import {
  createLocalIdp,
  demoPeople,
  generateSigningKey,
  type IssueTokenOptions,
  type LocalIdp,
  type SigningKey,
} from "@byot/local-idp";

/** The time of every test. */
export const noon = new Date("2026-03-02T12:00:00.000Z");

export const acmeKey: SigningKey = await generateSigningKey();

/** Ada is a premium manager, Ben a free member; `nobody` has no claims at all. */
export function identityProvider(key: SigningKey, issuer = "https://idp.acme.test"): LocalIdp {
  return createLocalIdp({
    issuer,
    audience: "acme-api",
    people: [...demoPeople, { id: "nobody", name: "Nobody", claims: {} }],
    key,
    clock: () => noon,
    createTokenId: () => "token-id-of-the-test",
  });
}

export const acmeIdp: LocalIdp = identityProvider(acmeKey);

export async function issueToken(
  personId: string,
  options: IssueTokenOptions = {},
  idp: LocalIdp = acmeIdp,
): Promise<string> {
  const issued = await idp.issueToken(personId, options);
  if (!issued.ok) {
    throw new TypeError(issued.error.message);
  }
  return issued.value;
}
