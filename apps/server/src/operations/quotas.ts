import type { ConfigurationWrite, ConfiguredKind, WorkspaceConfiguration } from "@byot/storage";
import type { OperationProblem } from "./outcome.js";

interface Quota {
  readonly kind: Exclude<ConfiguredKind, "workspace">;
  readonly plural: "providers" | "policies" | "resources" | "permissions";
  readonly most: number;
}

/** How many things of each kind a workspace may hold: all of them are read and compiled together. */
export const quotas: readonly Quota[] = [
  { kind: "provider", plural: "providers", most: 64 },
  { kind: "policy", plural: "policies", most: 1000 },
  { kind: "resource", plural: "resources", most: 1000 },
  { kind: "permission", plural: "permissions", most: 5000 },
];

/** How many rules the policies of a workspace may have together. */
export const mostRules = 20_000;

/** The problem of a change that would let a workspace grow beyond its quotas, or `undefined`. */
export function exceededQuota(
  configuration: WorkspaceConfiguration,
  writes: readonly ConfigurationWrite[],
): OperationProblem | undefined {
  const exceeded = quotas.find(({ kind, plural, most }) => {
    const growth = growthOf(writes.filter((write) => write.kind === kind));
    return growth > 0 && configuration[plural].length + growth > most;
  });
  if (exceeded !== undefined) {
    return problem(`${exceeded.most} ${exceeded.plural}`);
  }
  return rulesAfter(configuration, writes) > mostRules ? problem(`${mostRules} rules`) : undefined;
}

/** The problem of a configuration that is larger than any workspace may be, or `undefined`. */
export function oversized(
  configuration: Readonly<Record<Quota["plural"], readonly unknown[]>>,
): OperationProblem | undefined {
  const exceeded = quotas.find(({ plural, most }) => configuration[plural].length > most);
  return exceeded && problem(`${exceeded.most} ${exceeded.plural}`);
}

function growthOf(writes: readonly ConfigurationWrite[]): number {
  return writes.reduce((sum, write) => {
    if (write.operation === "delete") {
      return sum - 1;
    }
    return write.expectedVersion === null ? sum + 1 : sum;
  }, 0);
}

/** The number of rules when policies are written; 0 when none is, because nothing grows then. */
function rulesAfter(
  { policies }: WorkspaceConfiguration,
  writes: readonly ConfigurationWrite[],
): number {
  const written = writes.flatMap((write) =>
    write.operation === "put" && write.kind === "policy" ? [write.value.document] : [],
  );
  if (written.length === 0) {
    return 0;
  }
  const gone = writes.flatMap((write) =>
    write.operation === "delete" && write.kind === "policy" ? [write.key] : [],
  );
  const names = new Set([...gone, ...written.map(({ name }) => name)]);
  const kept = policies.flatMap(({ document }) => (names.has(document.name) ? [] : [document]));
  return [...kept, ...written].reduce(
    (sum, { specification }) => sum + specification.rules.length,
    0,
  );
}

function problem(limit: string): OperationProblem {
  return { code: "quota_exceeded", detail: `a workspace holds at most ${limit}` };
}
