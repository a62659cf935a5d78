import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, primaryKey, uniqueIndex } from "drizzle-orm/pg-core";
import { bytewiseText, byot, millisecondTime } from "../schema-parts.js";

/** The links of the chains. */
export const chainSegments = byot.table(
  "chain_segments",
  {
    // Never used again, so that no decision can ever come to belong to another segment.
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    workspaceId: bytewiseText("workspace_id").notNull(),
    writerId: bytewiseText("writer_id").notNull(),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    previousHash: bytewiseText("previous_hash"),
    hash: bytewiseText("hash").notNull(),
    boundHeads: bytewiseText("bound_heads").notNull(),
    content: bytewiseText("content").$type<"decisions" | "erasure">().notNull(),
    count: integer("count").notNull(),
    firstId: bytewiseText("first_id").notNull(),
    lastId: bytewiseText("last_id").notNull(),
    firstAt: millisecondTime("first_at").notNull(),
    lastAt: millisecondTime("last_at").notNull(),
  },
  (table) => [
    uniqueIndex("chain_segments_place").on(table.workspaceId, table.writerId, table.sequence),
  ],
);

/** The ends of the chains. A row stays when everything in its chain was dropped. */
export const chains = byot.table(
  "chains",
  {
    workspaceId: bytewiseText("workspace_id").notNull(),
    writerId: bytewiseText("writer_id").notNull(),
    headSequence: bigint("head_sequence", { mode: "number" }).notNull(),
    headHash: bytewiseText("head_hash").notNull(),
    // Whether the first segment of another chain has bound this very head.
    isBound: boolean("is_bound").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.writerId] }),
    index("chains_unbound")
      .on(table.workspaceId, table.writerId)
      .where(sql`NOT is_bound`),
  ],
);

/**
 * The starts of the chains that something was dropped from. They are apart from the ends, so that nobody who drops what
 * is old ever keeps a writer waiting.
 */
export const chainDrops = byot.table(
  "chain_drops",
  {
    workspaceId: bytewiseText("workspace_id").notNull(),
    writerId: bytewiseText("writer_id").notNull(),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    hash: bytewiseText("hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.writerId] })],
);

/** The erasure records, each by its segment. */
export const erasures = byot.table("erasures", {
  segmentId: bigint("segment_id", { mode: "number" }).primaryKey(),
  erasureId: bytewiseText("erasure_id").notNull(),
  at: millisecondTime("at").notNull(),
  actorKind: bytewiseText("actor_kind").$type<"api_key" | "system">().notNull(),
  actorId: bytewiseText("actor_id").notNull(),
});

/** Which decisions an erasure record names. */
export const erasedDecisions = byot.table(
  "erased_decisions",
  {
    segmentId: bigint("segment_id", { mode: "number" }).notNull(),
    decisionId: bytewiseText("decision_id").notNull(),
    workspaceId: bytewiseText("workspace_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.segmentId, table.decisionId] }),
    index("erased_decisions_decision").on(table.workspaceId, table.decisionId),
  ],
);
