import type { PresetAnswer, Routes } from "@byot/api-contract";
import { type ProviderPreset, presets } from "@byot/provider-presets";
import type { OperationsOf } from "./operation.js";
import { done } from "./outcome.js";

const answer = { data: presets.map(describePreset) };

/** The operations on presets. */
export function presetOperations(): OperationsOf<Routes["presets"]> {
  return { list: async () => done({ answer }) };
}

/** What of a preset is data. */
function describePreset(preset: ProviderPreset): PresetAnswer {
  const { example, description, slash } = preset.issuer;
  return {
    providerType: preset.providerType,
    name: preset.name,
    issuer: { example, description, slash },
    ...(preset.issuerAliases === undefined ? {} : { issuerAliases: preset.issuerAliases }),
    audienceClaims: preset.audienceClaims,
    algorithms: preset.algorithms,
    tokenTypes: preset.tokenTypes,
    clockToleranceSeconds: preset.clockToleranceSeconds,
    claimMappings: preset.claimMappings,
    directions: preset.directions,
    snippets: preset.snippets ?? [],
    pitfalls: preset.pitfalls,
    samples: preset.samples.map(({ title, kind, claims }) => ({ title, kind, claims })),
  };
}
