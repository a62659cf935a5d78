import { sql } from "drizzle-orm";
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

/** The links of the chains. */
export const chainSegments = sqliteTable(
  "chain_segments",
  {
    // Never used again, so that no decision can ever come to belong to another segment.
    id: integer("id").primaryKey({ autoIncrement: true }),
    workspaceId: text("workspace_id").notNull(),
    writerId: text("writer_id").notNull(),
    sequence: integer("sequence").notNull(),
    previousHash: text("previous_hash"),
    hash: text("hash").notNull(),
    boundHeads: text("bound_heads").notNull(),
    content: text("content", { enum: ["decisions", "erasure"] }).notNull(),
    count: integer("count").notNull(),
    firstId: text("first_id").notNull(),
    lastId: text("last_id").notNull(),
    firstAt: integer("first_at").notNull(),
    lastAt: integer("last_at").notNull(),
  },
  (table) => [
    uniqueIndex("chain_segments_place").on(table.workspaceId, table.writerId, table.sequence),
  ],
);

/** The chains as a whole. A row stays when everything in its chain was dropped. */
export const chains = sqliteTable(
  "chains",
  {
    workspaceId: text("workspace_id").notNull(),
    writerId: text("writer_id").notNull(),
    headSequence: integer("head_sequence").notNull(),
    headHash: text("head_hash").notNull(),
    droppedSequence: integer("dropped_sequence").notNull(),
    droppedHash: text("dropped_hash"),
    // 1 when the first segment of another chain has bound this very head, else 0.
    isBound: integer("is_bound").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.writerId] }),
    index("chains_unbound")
      .on(table.workspaceId, table.writerId)
      .where(sql`is_bound = 0`),
  ],
);

/** The erasure records, each by its segment. */
export const erasures = sqliteTable("erasures", {
  segmentId: integer("segment_id").primaryKey(),
  erasureId: text("erasure_id").notNull(),
  at: integer("at").notNull(),
  actorKind: text("actor_kind", { enum: ["api_key", "system"] }).notNull(),
  actorId: text("actor_id").notNull(),
});

/** Which decisions an erasure record names. */
export const erasedDecisions = sqliteTable(
  "erased_decisions",
  {
    segmentId: integer("segment_id").notNull(),
    decisionId: text("decision_id").notNull(),
    workspaceId: text("workspace_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.segmentId, table.decisionId] }),
    index("erased_decisions_decision").on(table.workspaceId, table.decisionId),
  ],
);
