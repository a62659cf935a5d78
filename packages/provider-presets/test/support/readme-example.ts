import { mapClaims } from "@byot/claim-mapper";
import { checkIssuer, findPreset, prepareClaims } from "@byot/provider-presets";

const auth0 = findPreset("auth0");
if (auth0 === undefined) {
  throw new Error("there is a preset for Auth0");
}

export const problem = checkIssuer(auth0, "https://acme.eu.auth0.com");
// { code: "slash_required", correction: "https://acme.eu.auth0.com/", message: … }

const claims = { permissions: ["read:orders"], "https://acme.com/roles": ["manager"] };

export const { attributes } = mapClaims(prepareClaims("auth0", claims), auth0.claimMappings);
// ext_permissions → ["read:orders"], ext_roles → ["manager"]
