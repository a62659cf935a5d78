import { randomUUID } from "node:crypto";
import type {
  AdapterFactory,
  Configuration,
  Grant,
  JWK,
  KoaContextWithOIDC,
  ResourceServer,
} from "oidc-provider";
import { parseResourceIndicator } from "./access-token-request.js";
import { clientId, redirectUri, resourceScope } from "./oidc-client.js";
import type { OidcPerson } from "./oidc-person.js";
import type { Signer } from "./signer.js";

/** What the configuration of a provider is made of. */
export interface OidcConfigurationParts {
  /** Who can log in, by id. */
  readonly people: ReadonlyMap<string, OidcPerson>;
  /** The keys to publish; the first one signs. */
  readonly signers: readonly Signer[];
  /** Where sessions and grants are kept. */
  readonly memory: AdapterFactory;
}

/** The path of log-ins, followed by the id of one. */
export const interactionPath = "/interaction/";

// Everything but an access token only has to outlive one log-in.
const lifetimeSeconds = 600;

/**
 * Configures a provider with one public client and JWT access tokens. Every default that is meant
 * for a first try is replaced, which leaves the provider nothing to warn about.
 */
export function createOidcConfiguration(parts: OidcConfigurationParts): Configuration {
  const { people, signers, memory } = parts;
  return {
    adapter: memory,
    clients: [
      {
        client_id: clientId,
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code"],
        response_types: ["code"],
        token_endpoint_auth_method: "none",
      },
    ],
    clientBasedCORS: () => false,
    cookies: { keys: [randomUUID()] },
    extraTokenClaims: (_ctx, token) =>
      "accountId" in token ? { ...people.get(token.accountId)?.claims } : undefined,
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_ctx, resource) => describeResource(resource),
      },
      rpInitiatedLogout: { enabled: false },
    },
    findAccount: (_ctx, id) =>
      people.has(id) ? { accountId: id, claims: () => ({ sub: id }) } : undefined,
    interactions: { url: (_ctx, interaction) => `${interactionPath}${interaction.uid}` },
    jwks: { keys: signers.map(toPrivateJwk) },
    loadExistingGrant: grantWhatIsAsked,
    renderError: (ctx, out) => {
      ctx.body = out;
    },
    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? lifetimeSeconds,
      AuthorizationCode: lifetimeSeconds,
      Grant: lifetimeSeconds,
      IdToken: lifetimeSeconds,
      Interaction: lifetimeSeconds,
      Session: lifetimeSeconds,
    },
  };
}

function describeResource(resource: string): ResourceServer {
  const { audience, ttlSeconds } = parseResourceIndicator(resource);
  return {
    audience,
    scope: resourceScope,
    accessTokenTTL: ttlSeconds,
    accessTokenFormat: "jwt",
    jwt: { sign: { alg: "RS256" } },
  };
}

/** Stands in for the page on which a person agrees. */
async function grantWhatIsAsked(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, provider, resourceServers = {}, session } = ctx.oidc;
  const grant = new provider.Grant({
    clientId: client?.clientId,
    accountId: session?.accountId,
  });
  grant.addOIDCScope("openid");
  for (const resource of Object.keys(resourceServers)) {
    grant.addResourceScope(resource, resourceScope);
  }
  await grant.save();
  return grant;
}

function toPrivateJwk({ kid, privateKey }: Signer): JWK {
  return { ...privateKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" };
}
