import type {
  JsonWebKeySet,
  NewProviderBody,
  ProviderAnswer,
  ProviderBody,
  StoredAnswer,
} from "@byot/api-contract";
import type { ProviderInput } from "@byot/storage";
import { slugOf } from "./slug.js";
import { done, type Outcome, refused } from "./outcome.js";

/** The provider to store, from one that is new; without an id its name makes one. */
export function readNewProvider({ id, ...body }: NewProviderBody): Outcome<ProviderInput> {
  return readProvider(id ?? slugOf(body.name), body);
}

/** The provider to store, from the provider as it was sent. */
export function readProvider(id: string, body: ProviderBody): Outcome<ProviderInput> {
  const { jwksUri, jwks, allowedAudiences, ...rest } = body;
  const [first, ...others] = allowedAudiences;
  if (first === undefined) {
    const message = "must list at least one audience; a token for anybody is a token for nobody";
    const code = "provider_audience_required";
    return refused({
      code,
      detail: `\`allowedAudiences\` ${message}`,
      errors: [{ path: "/allowedAudiences", code, message }],
    });
  }
  return done({
    ...rest,
    id,
    allowedAudiences: [first, ...others],
    keys: keysFrom(jwksUri, jwks),
  });
}

/** The provider as it is answered, from the provider as it is stored. */
export function describeProvider(input: ProviderInput, stored: StoredAnswer): ProviderAnswer {
  return { id: input.id, ...describeProviderBody(input), ...stored };
}

/** What of a provider was sent, from the provider as it is stored; another version may know more products. */
export function describeProviderBody(
  input: ProviderInput,
): Omit<ProviderAnswer, keyof StoredAnswer | "id"> {
  const { name, providerType, enabled, issuer, allowedAudiences, claimMappings } = input;
  return {
    name,
    providerType,
    enabled,
    issuer,
    allowedAudiences,
    ...optionalSettings(input),
    ...describeKeys(input.keys),
    claimMappings,
  };
}

type OptionalSettings = Pick<
  ProviderBody,
  | "issuerAliases"
  | "audienceClaims"
  | "authorizedParties"
  | "algorithms"
  | "tokenTypes"
  | "clockToleranceSeconds"
  | "maxLifetimeSeconds"
  | "requireKid"
>;

const optionalSettingNames: readonly (keyof OptionalSettings)[] = [
  "issuerAliases",
  "audienceClaims",
  "authorizedParties",
  "algorithms",
  "tokenTypes",
  "clockToleranceSeconds",
  "maxLifetimeSeconds",
  "requireKid",
];

function optionalSettings(input: ProviderInput): OptionalSettings {
  return Object.fromEntries(
    optionalSettingNames.flatMap((name) =>
      input[name] === undefined ? [] : [[name, input[name]]],
    ),
  );
}

function keysFrom(
  jwksUri: string | undefined,
  jwks: JsonWebKeySet | undefined,
): ProviderInput["keys"] {
  if (jwks !== undefined) {
    return { inline: jwks };
  }
  return jwksUri === undefined ? { discovery: true } : { jwksUri };
}

function describeKeys(keys: ProviderInput["keys"]): Pick<ProviderBody, "jwks" | "jwksUri"> {
  if ("inline" in keys) {
    return { jwks: keys.inline };
  }
  return "jwksUri" in keys ? { jwksUri: keys.jwksUri } : {};
}
