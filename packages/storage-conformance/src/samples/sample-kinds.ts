import type {
  ConfigurationWrite,
  ConfiguredInputs,
  ConfiguredKind,
  ConfiguredStore,
  Storage,
  Stored,
} from "@byot/storage";
import { permissionInput, policyInput, providerInput, resourceInput } from "./sample-inputs.js";
import { permissionPut, policyPut, providerPut, resourcePut } from "./sample-writes.js";

/** Kinds of things that a workspace can have many of. */
export type ManifoldKind = Exclude<ConfiguredKind, "workspace">;

/** How one kind of configured thing is made and read. */
export interface SampleKind {
  /** The kind. */
  readonly kind: ManifoldKind;
  /** The name of its port. */
  readonly port: string;
  /** Reads it. */
  readonly storeOf: (storage: Storage) => ConfiguredStore<Stored>;
  /** A complete value under that key; `text` makes one value different from another. */
  readonly valueOf: (key: string, text?: string) => ConfiguredInputs[ManifoldKind];
  /** Writes it; a new one unless a version is given. */
  readonly put: (key: string, expectedVersion?: number | null, text?: string) => ConfigurationWrite;
  /** What must be there first. */
  readonly neededFirst: readonly ConfigurationWrite[];
}

/** The policy `premium` and the resource `orders`, which the sample permissions name. */
export const namedByPermissions: readonly ConfigurationWrite[] = [
  policyPut("premium"),
  resourcePut("orders"),
];

/** Every kind that a workspace can have many of. */
export const sampleKinds: readonly SampleKind[] = [
  {
    kind: "provider",
    port: "ProviderStore",
    storeOf: ({ providers }) => providers,
    valueOf: providerInput,
    put: providerPut,
    neededFirst: [],
  },
  {
    kind: "policy",
    port: "PolicyStore",
    storeOf: ({ policies }) => policies,
    valueOf: policyInput,
    put: policyPut,
    neededFirst: [],
  },
  {
    kind: "resource",
    port: "ResourceStore",
    storeOf: ({ resources }) => resources,
    valueOf: resourceInput,
    put: resourcePut,
    neededFirst: [],
  },
  {
    kind: "permission",
    port: "PermissionStore",
    storeOf: ({ permissions }) => permissions,
    valueOf: (key, action = "read") => permissionInput(key, { actions: [action] }),
    put: (key, expectedVersion, action = "read") =>
      permissionPut(key, { actions: [action] }, expectedVersion),
    neededFirst: namedByPermissions,
  },
];
