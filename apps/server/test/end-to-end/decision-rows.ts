import { createSigner, forgeToken, type OidcProvider, requestJson } from "@byot/testkit";
import { z } from "zod";
import { audience } from "./real-service.js";

/** A question and the answer it must have. */
export interface DecisionRow {
  /** The row as a sentence. */
  readonly title: string;
  /** Makes the token. */
  readonly token: (idp: OidcProvider) => Promise<string> | string;
  /** The resource asked for. */
  readonly resource: string;
  /** The action asked for. */
  readonly action: string;
  /** What the application says about the request. */
  readonly context?: Readonly<Record<string, number | string>>;
  /** The reason of the decision, or the code of the refusal. */
  readonly expected: DecisionExpectation | RefusalExpectation;
}

interface DecisionExpectation {
  readonly allowed: boolean;
  readonly reason: string;
}

interface RefusalExpectation {
  readonly refused: string;
}

const premium = { resource: "premium-features", action: "access" };
const order = { resource: "orders", action: "approve" };

/** A fresh token of a person, as the identity provider issues it. */
export const person =
  (id: string) =>
  (idp: OidcProvider): Promise<string> =>
    idp.accessToken(id);

/** Rows that end in a decision. */
export const decidedRows: readonly DecisionRow[] = [
  {
    title: "allows premium features on a premium plan",
    token: person("ada"),
    ...premium,
    expected: { allowed: true, reason: "allowed_by_rule" },
  },
  {
    title: "denies premium features on a free plan",
    token: person("ben"),
    ...premium,
    expected: { allowed: false, reason: "denied_by_default" },
  },
  {
    title: "allows a manager to approve 50,000",
    token: person("ada"),
    ...order,
    context: { orderAmount: 50_000 },
    expected: { allowed: true, reason: "allowed_by_rule" },
  },
  {
    title: "denies a member to approve 50,000",
    token: person("cleo"),
    ...order,
    context: { orderAmount: 50_000 },
    expected: { allowed: false, reason: "denied_by_default" },
  },
  {
    title: "allows anyone to approve 10,000",
    token: person("ben"),
    ...order,
    context: { orderAmount: 10_000 },
    expected: { allowed: true, reason: "allowed_by_rule" },
  },
  {
    title: "denies a member to approve 10,001",
    token: person("ben"),
    ...order,
    context: { orderAmount: 10_001 },
    expected: { allowed: false, reason: "denied_by_default" },
  },
  {
    title: "denies as undetermined when the amount is missing",
    token: person("ada"),
    ...order,
    expected: { allowed: false, reason: "undetermined" },
  },
  {
    title: "denies as undetermined when the amount is not an integer",
    token: person("ada"),
    ...order,
    context: { orderAmount: "a lot" },
    expected: { allowed: false, reason: "undetermined" },
  },
  {
    title: "denies billing to an external principal",
    token: person("ada"),
    resource: "billing",
    action: "read",
    expected: { allowed: false, reason: "admin_resource_forbidden" },
  },
  {
    title: "denies the workspace's users to an external principal",
    token: person("ada"),
    resource: "workspace::users",
    action: "list",
    expected: { allowed: false, reason: "admin_resource_forbidden" },
  },
  {
    title: "denies a resource that the workspace does not have",
    token: person("ada"),
    resource: "invoices",
    action: "read",
    expected: { allowed: false, reason: "unknown_resource" },
  },
  {
    title: "denies an action that the resource does not have",
    token: person("ada"),
    resource: "orders",
    action: "delete",
    expected: { allowed: false, reason: "unknown_action" },
  },
];

const stranger = createSigner();
const anHour = 3600;

function claims(idp: OidcProvider, changes: object = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  const { issuer } = idp;
  return { iss: issuer, sub: "ada", aud: audience, iat: now, exp: now + anHour, ...changes };
}

const keySetSchema = z.object({
  keys: z.tuple([z.object({ kid: z.string(), n: z.string() })], z.unknown()),
});

/** A public key of the identity provider, as anybody can fetch it. */
async function publishedKey(
  idp: OidcProvider,
): Promise<{ readonly kid: string; readonly n: string }> {
  const { body } = await requestJson(idp.jwksUri);
  return keySetSchema.parse(body).keys[0];
}

/** Rows whose token is refused; each of these tokens would open premium features if it were good. */
export const refusedRows: readonly DecisionRow[] = (
  [
    [
      "refuses an expired token",
      "token_expired",
      (idp) => idp.signWithProviderKey({}, claims(idp, { iat: 1000, exp: 2000 })),
    ],
    [
      "refuses a token for another audience",
      "token_audience_mismatch",
      (idp) => idp.signWithProviderKey({}, claims(idp, { aud: "https://other.acme.test" })),
    ],
    [
      "refuses a token of another issuer",
      "token_issuer_unknown",
      (idp) => idp.signWithProviderKey({}, claims(idp, { iss: `${idp.issuer}/` })),
    ],
    [
      "refuses a token signed with HS256 and the public key",
      "token_alg_not_allowed",
      async (idp) => {
        const { kid, n } = await publishedKey(idp);
        const header = { alg: "HS256", kid };
        return forgeToken({ header, payload: claims(idp), hmacSecret: n });
      },
    ],
    [
      "refuses an unsigned token for what it is not: three parts",
      "token_malformed",
      (idp) => forgeToken({ header: { alg: "none" }, payload: claims(idp), unsigned: true }),
    ],
    [
      "refuses the algorithm none with anything in the signature's place",
      "token_alg_not_allowed",
      (idp) => forgeToken({ header: { alg: "none" }, payload: claims(idp), signature: "AAAA" }),
    ],
    [
      "refuses a token signed with another key under the provider's key id",
      "token_signature_invalid",
      async (idp) => stranger.sign({ kid: (await publishedKey(idp)).kid }, claims(idp)),
    ],
    [
      "refuses a token signed with a key that the provider does not publish",
      "token_key_unknown",
      (idp) => stranger.sign({}, claims(idp)),
    ],
    ["refuses what is no token", "token_malformed", () => "not-a-token"],
  ] as const satisfies readonly (readonly [string, string, DecisionRow["token"]])[]
).map(([title, refused, token]) => ({ title, token, ...premium, expected: { refused } }));
