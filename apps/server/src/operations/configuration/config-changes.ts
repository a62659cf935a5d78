import type { ConfigPlan } from "@byot/api-contract";
import type {
  ConfigurationWrite,
  ProviderInput,
  Stored,
  WorkspaceConfiguration,
} from "@byot/storage";
import type { ConfiguredThing, ThingTypes } from "../configured-thing.js";
import { permissionThing } from "../permissions.js";
import { policyThing } from "../policy-thing.js";
import { providerThing } from "../providers.js";
import { resourceThing } from "../resource-thing.js";
import type { Services } from "../services.js";
import {
  writtenPermission,
  writtenPolicy,
  writtenProvider,
  writtenResource,
} from "./config-document.js";
import type { ConfigTarget } from "./config-target.js";
import { isSameJson } from "./same-json.js";

/** What has to be done to a workspace for it to become what a document says. */
export interface ConfigChanges extends Pick<ConfigPlan, "created" | "changed" | "deleted"> {
  /** The writes that do it; none when it is that already. */
  readonly writes: readonly ConfigurationWrite[];
}

/** Compares a workspace with what it is to become. What says the same in other words is no change. */
export function configChanges(
  services: Services,
  stored: WorkspaceConfiguration,
  target: ConfigTarget,
): ConfigChanges {
  const parts: readonly ConfigChanges[] = [
    workspaceChanges(stored, target),
    compare(providerThing(services), writtenProvider, [stored.providers, target.providers]),
    compare(resourceThing(services), writtenResource, [stored.resources, target.resources]),
    compare(policyThing(services), writtenPolicy, [stored.policies, target.policies]),
    compare(permissionThing(services), writtenPermission, [stored.permissions, target.permissions]),
  ];
  return {
    writes: parts.flatMap(({ writes }) => writes),
    created: parts.flatMap(({ created }) => created),
    changed: parts.flatMap(({ changed }) => changed),
    deleted: parts.flatMap(({ deleted }) => deleted),
  };
}

/** Those of a change's providers that are new or changed. */
export function writtenProviders({ writes }: ConfigChanges): readonly ProviderInput[] {
  return writes.flatMap((write) =>
    write.operation === "put" && write.kind === "provider" ? [write.value] : [],
  );
}

function workspaceChanges(
  { workspace: { id, version, ...before } }: WorkspaceConfiguration,
  { workspace: { name, settings } }: ConfigTarget,
): ConfigChanges {
  const after = { name, settings };
  if (isSameJson({ name: before.name, settings: before.settings }, after)) {
    return nothing;
  }
  const write = { operation: "put", kind: "workspace", value: { id, ...after } } as const;
  return {
    ...nothing,
    writes: [{ ...write, expectedVersion: version }],
    changed: [{ kind: "workspace", key: id }],
  };
}

const nothing: ConfigChanges = { writes: [], created: [], changed: [], deleted: [] };

function compare<Types extends ThingTypes>(
  thing: ConfiguredThing<Types>,
  written: (input: Types["input"]) => object,
  [stored, wanted]: readonly [readonly (Types["input"] & Stored)[], readonly Types["input"][]],
): ConfigChanges {
  const { kind } = thing;
  const keyOf = (input: Types["input"]): string => thing.keyOf(input);
  const storedByKey = new Map(stored.map((each) => [keyOf(each), each]));
  const wantedKeys = new Set(wanted.map(keyOf));
  const isNew = (each: Types["input"]): boolean => !storedByKey.has(keyOf(each));
  const created = wanted.filter(isNew);
  const changed = wanted.flatMap((value) => {
    const before = storedByKey.get(keyOf(value));
    return before === undefined || isSameJson(written(before), written(value))
      ? []
      : [{ value, version: before.version }];
  });
  const deleted = stored.filter((each) => !wantedKeys.has(keyOf(each)));
  return {
    writes: [
      ...created.map((value) => thing.put(value, null)),
      ...changed.map(({ value, version }) => thing.put(value, version)),
      ...deleted.map(
        (each) =>
          ({ operation: "delete", kind, key: keyOf(each), expectedVersion: each.version }) as const,
      ),
    ],
    created: created.map((each) => ({ kind, key: keyOf(each) })),
    changed: changed.map(({ value }) => ({ kind, key: keyOf(value) })),
    deleted: deleted.map((each) => ({ kind, key: keyOf(each) })),
  };
}
