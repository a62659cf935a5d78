import type { TrustedIssuer } from "@byot/token-verifier";
import type { ProviderPreset } from "./provider-preset.js";

/** What no preset can know. */
export interface OwnSettings {
  /** Names the provider within its workspace. */
  readonly id: string;
  /** The workspace. */
  readonly workspaceId: string;
  /** The issuer; hold it against `checkIssuer` first. */
  readonly issuer: string;
  /** For whom tokens have to be meant. */
  readonly allowedAudiences: readonly [string, ...string[]];
}

/** The configuration to begin with: version 1, enabled, everything else as the preset has it. */
export function recommendTrustedIssuer(preset: ProviderPreset, own: OwnSettings): TrustedIssuer {
  const { issuerAliases, audienceClaims, algorithms, tokenTypes, clockToleranceSeconds } = preset;
  return {
    ...own,
    version: 1,
    enabled: true,
    ...(issuerAliases === undefined ? {} : { issuerAliases }),
    audienceClaims,
    algorithms,
    tokenTypes,
    clockToleranceSeconds,
    keys: preset.locateKeys(own.issuer),
  };
}
