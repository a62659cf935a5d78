import {
  createChainStore,
  type ChainStore,
  type ChainTables,
  type DecisionRow,
  type Row,
} from "./chain-store.js";
import { decisionId, sampleDecision } from "./sample-decision.js";
import type { ChainSegment } from "@byot/storage";

/**
 * Two chains: three segments of `writer-1` with the decisions 1–3, 4–6, 7–8; then, bound to them, `writer-2` with the
 * decisions 9–10, the erasure of 2 and 4, and the decision 11.
 */
export function sampleChains(): ChainStore {
  const store = createChainStore();
  store.append([1, 2, 3].map((number) => sampleDecision(number)));
  store.append([4, 5, 6].map((number) => sampleDecision(number)));
  store.append([7, 8].map((number) => sampleDecision(number)));
  store.restart();
  store.append([9, 10].map((number) => sampleDecision(number)));
  store.erase([decisionId(2), decisionId(4)]);
  store.append([sampleDecision(11)]);
  return store;
}

/** A copy to tamper with. */
export function copyOf({ tables }: ChainStore): ChainTables {
  return structuredClone(tables);
}

/** The row of the decision of that number. */
export function decisionRow(tables: ChainTables, number: number): DecisionRow {
  return found(tables.decisions.find((row) => row.decision.decisionId === decisionId(number)));
}

/** The row of a segment. */
export function segmentRow(
  tables: ChainTables,
  writerId: string,
  sequence: number,
): Row<ChainSegment> {
  return found(
    tables.segments.find((row) => row.writerId === writerId && row.sequence === sequence),
  );
}

/** What has to be there. */
export function found<Item>(item: Item | undefined): Item {
  if (item === undefined) {
    throw new Error("the sample has no such row");
  }
  return item;
}

/** Takes rows out of a table. */
export function removeWhere<Item>(rows: Item[], isRemoved: (row: Item) => boolean): void {
  rows.splice(0, rows.length, ...rows.filter((row) => !isRemoved(row)));
}
