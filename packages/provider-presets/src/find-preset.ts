import { auth0 } from "./presets/auth0.js";
import { clerk } from "./presets/clerk.js";
import { cognito } from "./presets/cognito.js";
import { entra } from "./presets/entra.js";
import { firebase } from "./presets/firebase.js";
import { google } from "./presets/google.js";
import { keycloak } from "./presets/keycloak.js";
import { oidc } from "./presets/oidc.js";
import { okta } from "./presets/okta.js";
import { supabase } from "./presets/supabase.js";
import { workos } from "./presets/workos.js";
import { zitadel } from "./presets/zitadel.js";
import type { ProviderPreset } from "./provider-preset.js";

/** Every preset; the one for any provider comes first, the others follow by name. */
export const presets: readonly ProviderPreset[] = [
  oidc,
  auth0,
  clerk,
  cognito,
  entra,
  firebase,
  google,
  keycloak,
  okta,
  supabase,
  workos,
  zitadel,
];

const byType: ReadonlyMap<string, ProviderPreset> = new Map(
  presets.map((preset) => [preset.providerType, preset]),
);

/** The preset of a provider type; `undefined` when there is none. */
export function findPreset(providerType: string): ProviderPreset | undefined {
  return byType.get(providerType);
}
