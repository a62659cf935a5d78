import type {
  ChainHead,
  ChainSegment,
  ChainWriter,
  DecisionRecord,
  ErasureRecord,
} from "@byot/storage";
import { appendDecisionsSql, appendErasureSql } from "./append-sql.js";
import { chains, chainSegments, erasures } from "./chain-schema.js";
import { decisionPersonal, decisionRules, decisions } from "./decisions-schema.js";
import { toJsonRows } from "./json-rows.js";
import { ruleRows } from "./rule-rows.js";
import type { UnboundHeads } from "./unbound-heads.js";

/** Segments, and the statement that writes them with what is in them. */
export interface SealedWrite {
  /** The segments. */
  readonly segments: readonly ChainSegment[];
  /** The statement: one transaction of its own. */
  readonly statement: {
    readonly name: string;
    readonly text: string;
    readonly values: (string | readonly string[])[];
  };
}

/** Seals decisions, those of each workspace as one segment. */
export function sealDecisions(
  chain: ChainWriter,
  groups: ReadonlyMap<string, readonly DecisionRecord[]>,
  unbound: UnboundHeads,
): SealedWrite {
  const sealed = [...groups].map(([workspaceId, records]) =>
    chain.sealDecisions(workspaceId, records, unbound.get(workspaceId) ?? []),
  );
  const segments = sealed.map(({ segment }) => segment);
  const all = sealed.flatMap((segment) => segment.decisions);
  const impersonal = all.map(({ decision, position, personalHash }) => ({
    ...decision,
    determining: JSON.stringify(decision.determining),
    errors: JSON.stringify(decision.errors),
    position,
    personalHash,
  }));
  const personal = all.map(({ decision, salt, personal: fields }) => ({
    ...fields,
    decisionId: decision.decisionId,
    workspaceId: decision.workspaceId,
    at: decision.at,
    salt,
    attributes: JSON.stringify(fields.attributes),
  }));
  const values = [
    ...chainValues(segments),
    toJsonRows(decisions, impersonal),
    toJsonRows(decisionPersonal, personal),
    toJsonRows(
      decisionRules,
      all.flatMap(({ decision }) => ruleRows(decision)),
    ),
  ];
  return { segments, statement: { name: "append-decisions", text: appendDecisionsSql, values } };
}

/** One part of an erasure, and where it is to be written. */
export interface ErasurePart {
  /** The workspace whose log it is in. */
  readonly workspaceId: string;
  /** The record. */
  readonly erasure: ErasureRecord;
  /** The workspace's heads that no segment has bound yet. */
  readonly unbound: readonly ChainHead[];
}

/** Seals one part of an erasure. */
export function sealErasure(
  chain: ChainWriter,
  { workspaceId, erasure, unbound }: ErasurePart,
): SealedWrite {
  const segment = chain.sealErasure(workspaceId, erasure, unbound);
  const { erasureId, at, by, decisionIds } = erasure;
  const row = { erasureId, at, actorKind: by.kind, actorId: by.id };
  const values = [...chainValues([segment]), toJsonRows(erasures, [row]), decisionIds];
  return {
    segments: [segment],
    statement: { name: "append-erasure", text: appendErasureSql, values },
  };
}

/** The parameters for segments and for the heads they bind. */
function chainValues(segments: readonly ChainSegment[]): readonly string[] {
  const bound = segments.flatMap(({ workspaceId, boundHeads }) =>
    boundHeads.map(({ writerId, sequence }) => ({ workspaceId, writerId, headSequence: sequence })),
  );
  const rows = segments.map((segment) => ({
    ...segment,
    boundHeads: JSON.stringify(segment.boundHeads),
  }));
  return [toJsonRows(chainSegments, rows), toJsonRows(chains, bound)];
}
