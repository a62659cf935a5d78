import {
  StorageError,
  verifyChain,
  type ChainHead,
  type ChainProblem,
  type ChainReport,
} from "@byot/storage";
import { describe, expect, test } from "vitest";
import {
  createChainStore,
  readerOf,
  sha256,
  type ChainStore,
  type ChainTables,
} from "./support/chain-store.js";
import {
  copyOf,
  decisionRow,
  found,
  removeWhere,
  sampleChains,
  segmentRow,
} from "./support/sample-chains.js";
import { decisionId, sampleDecision } from "./support/sample-decision.js";

async function verify(
  tables: ChainTables,
  expected: readonly ChainHead[] = [],
): Promise<ChainReport> {
  return verifyChain(readerOf(tables), { hash: sha256, expected });
}

async function problemsAfter(tamper: (tables: ChainTables) => void): Promise<ChainReport> {
  const tables = copyOf(sampleChains());
  tamper(tables);
  const report = await verify(tables);
  expect(report.intact).toBe(false);
  return report;
}

describe("a chain that nobody tampered with", () => {
  test("is intact, and counted", async () => {
    const store = sampleChains();

    await expect(verify(store.tables)).resolves.toEqual({
      intact: true,
      chains: 2,
      segments: 6,
      decisions: 11,
      erased: 2,
      problemCount: 0,
      problems: [],
      heads: store.heads(),
    });
  });

  test("is intact when there is none", async () => {
    await expect(verify(createChainStore().tables)).resolves.toEqual({
      intact: true,
      chains: 0,
      segments: 0,
      decisions: 0,
      erased: 0,
      problemCount: 0,
      problems: [],
      heads: [],
    });
  });

  test("is read in pages", async () => {
    const store = createChainStore();
    for (let number = 0; number < 205; number += 1) {
      store.append([sampleDecision(number)]);
    }

    await expect(verify(store.tables)).resolves.toMatchObject({
      intact: true,
      segments: 205,
      heads: store.heads(),
    });
  });

  test.each([0, 1, 2, 3])("is intact after its first %i segments were dropped", async (count) => {
    const store = sampleChains();
    const checkpoint = store.heads();
    store.drop("writer-1", count);
    store.drop("writer-2", count);

    await expect(verify(store.tables, checkpoint)).resolves.toMatchObject({
      intact: true,
      segments: 6 - 2 * count,
      heads: checkpoint,
    });
  });

  test("contains the heads of every earlier checkpoint", async () => {
    const store = createChainStore();
    const checkpoints: ChainHead[] = [];
    for (const number of [1, 2, 3, 4]) {
      store.append([sampleDecision(number)]);
      checkpoints.push(...store.heads());
    }
    store.drop("writer-1", 2);

    await expect(verify(store.tables, checkpoints)).resolves.toMatchObject({ intact: true });
  });
});

type Tampering = readonly [
  title: string,
  tamper: (tables: ChainTables) => void,
  problems: readonly ChainProblem[],
];

const inSecond = { writerId: "writer-1", sequence: 2 };
const inErasure = { writerId: "writer-2", sequence: 2 };

const withRecords: readonly Tampering[] = [
  [
    "a changed member of a record",
    (tables) => {
      const row = decisionRow(tables, 5);
      row.decision = { ...row.decision, decision: "Allow" };
    },
    [{ kind: "record_changed", ...inSecond }],
  ],
  [
    "a changed hash of personal fields",
    (tables) => {
      decisionRow(tables, 5).personalHash = sha256("");
    },
    [
      { kind: "record_changed", ...inSecond },
      { kind: "personal_changed", ...inSecond, decisionId: decisionId(5) },
    ],
  ],
  [
    "a deleted record",
    (tables) =>
      removeWhere(tables.decisions, ({ decision }) => decision.decisionId === decisionId(5)),
    [{ kind: "record_missing", ...inSecond }],
  ],
  [
    "an inserted record",
    (tables) => {
      const row = structuredClone(decisionRow(tables, 5));
      row.decision = { ...row.decision, decisionId: decisionId(99) };
      tables.decisions.push({ ...row, position: 3 });
    },
    [{ kind: "record_added", ...inSecond }],
  ],
  [
    "a record inserted between two others",
    (tables) => {
      const row = structuredClone(decisionRow(tables, 5));
      tables.decisions.push({
        ...row,
        decision: { ...row.decision, decisionId: decisionId(99) },
      });
    },
    [{ kind: "record_added", ...inSecond, decisionId: decisionId(99) }],
  ],
  [
    "two records that changed places",
    (tables) => {
      decisionRow(tables, 4).position = 1;
      decisionRow(tables, 5).position = 0;
    },
    [{ kind: "record_moved", ...inSecond }],
  ],
  [
    "a record at a position that nobody gave it",
    (tables) => {
      decisionRow(tables, 6).position = 7;
    },
    [{ kind: "record_moved", ...inSecond, decisionId: decisionId(6) }],
  ],
  [
    "a record that went to another segment",
    (tables) => {
      Object.assign(decisionRow(tables, 6), { sequence: 3, position: 2 });
    },
    [
      { kind: "record_missing", ...inSecond },
      { kind: "record_added", writerId: "writer-1", sequence: 3 },
    ],
  ],
  [
    "records that belong to no segment",
    (tables) => {
      const row = structuredClone(decisionRow(tables, 5));
      tables.decisions.push({ ...row, writerId: "writer-9" });
    },
    [{ kind: "record_added", writerId: "", sequence: 0 }],
  ],
];

const withPersonalFields: readonly Tampering[] = [
  [
    "changed personal fields",
    (tables) => {
      const { fields } = found(decisionRow(tables, 5).personal);
      Object.assign(fields, { subject: "mallory" });
    },
    [{ kind: "personal_changed", ...inSecond, decisionId: decisionId(5) }],
  ],
  [
    "a changed salt",
    (tables) => {
      Object.assign(found(decisionRow(tables, 5).personal), { salt: sha256("another") });
    },
    [{ kind: "personal_changed", ...inSecond, decisionId: decisionId(5) }],
  ],
  [
    "personal fields that are gone without an erasure",
    (tables) => {
      delete decisionRow(tables, 5).personal;
    },
    [{ kind: "personal_missing", ...inSecond, decisionId: decisionId(5) }],
  ],
  [
    "personal fields that are back after their erasure",
    (tables) => {
      const { personal } = found(createStoreWith(4).tables.decisions[0]);
      decisionRow(tables, 4).personal = found(personal);
    },
    [{ kind: "personal_changed", ...inSecond, decisionId: decisionId(4) }],
  ],
];

function createStoreWith(number: number): ChainStore {
  const store = createChainStore();
  store.append([sampleDecision(number)]);
  return store;
}

const withErasures: readonly Tampering[] = [
  [
    "an erasure that names one decision more",
    (tables) => {
      const [row] = tables.erasures;
      found(row).record.decisionIds = [2, 4, 5].map(decisionId);
      delete decisionRow(tables, 5).personal;
    },
    [{ kind: "record_added", ...inErasure }],
  ],
  [
    "an erasure that names another decision",
    (tables) => {
      const [row] = tables.erasures;
      found(row).record.decisionIds = [2, 5].map(decisionId);
      delete decisionRow(tables, 5).personal;
    },
    [
      { kind: "personal_missing", ...inSecond, decisionId: decisionId(4) },
      { kind: "record_changed", ...inErasure },
    ],
  ],
  [
    "an erasure that somebody else asked for",
    (tables) => {
      found(tables.erasures[0]).record.by = { kind: "api_key", id: "byot_other" };
    },
    [{ kind: "record_changed", ...inErasure }],
  ],
  [
    "a deleted erasure",
    (tables) => {
      tables.erasures.length = 0;
    },
    [
      { kind: "personal_missing", writerId: "writer-1", sequence: 1, decisionId: decisionId(2) },
      { kind: "personal_missing", ...inSecond, decisionId: decisionId(4) },
      { kind: "record_missing", ...inErasure },
    ],
  ],
  [
    "an erasure without a segment",
    (tables) => {
      const record = { ...found(tables.erasures[0]).record, decisionIds: [decisionId(5)] };
      tables.erasures.push({ writerId: "writer-2", sequence: 9, record });
      delete decisionRow(tables, 5).personal;
    },
    [{ kind: "personal_missing", ...inSecond, decisionId: decisionId(5) }],
  ],
];

const withSegments: readonly Tampering[] = [
  [
    "a changed hash of a segment",
    (tables) => {
      segmentRow(tables, "writer-1", 2).hash = sha256("");
    },
    [{ kind: "segment_changed", ...inSecond }],
  ],
  [
    "a changed hash of the segment before",
    (tables) => {
      segmentRow(tables, "writer-1", 2).previousHash = sha256("");
    },
    [{ kind: "segment_changed", ...inSecond }],
  ],
  [
    "a changed count",
    (tables) => {
      segmentRow(tables, "writer-1", 2).count = 2;
    },
    [{ kind: "segment_changed", ...inSecond }],
  ],
  [
    "a changed time",
    (tables) => {
      segmentRow(tables, "writer-1", 2).lastAt = new Date(0);
    },
    [{ kind: "segment_changed", ...inSecond }],
  ],
  [
    "a time that is none",
    (tables) => {
      segmentRow(tables, "writer-1", 2).lastAt = new Date(Number.NaN);
    },
    [{ kind: "segment_changed", ...inSecond }],
  ],
  [
    "a segment that is missing with its records",
    (tables) => {
      removeWhere(
        tables.segments,
        ({ writerId, sequence }) => writerId === "writer-1" && sequence === 2,
      );
      removeWhere(
        tables.decisions,
        ({ writerId, sequence }) => writerId === "writer-1" && sequence === 2,
      );
    },
    [{ kind: "segment_missing", ...inSecond }],
  ],
  [
    "a missing start",
    (tables) => {
      removeWhere(
        tables.segments,
        ({ writerId, sequence }) => writerId === "writer-1" && sequence === 1,
      );
      removeWhere(
        tables.decisions,
        ({ writerId, sequence }) => writerId === "writer-1" && sequence === 1,
      );
    },
    [{ kind: "segment_missing", writerId: "writer-1", sequence: 1 }],
  ],
  [
    "a chain whose content is rewritten from one segment on",
    (tables) => {
      const other = createChainStore();
      other.append([1, 2, 3].map((number) => sampleDecision(number)));
      other.append([4, 5, 6].map((number) => sampleDecision(number, { decision: "Allow" })));
      removeWhere(
        tables.decisions,
        ({ writerId, sequence }) => writerId === "writer-1" && sequence === 2,
      );
      tables.decisions.push(...other.tables.decisions.filter(({ sequence }) => sequence === 2));
      Object.assign(segmentRow(tables, "writer-1", 2), segmentRow(other.tables, "writer-1", 2));
    },
    [
      { kind: "personal_changed", ...inSecond, decisionId: decisionId(4) },
      { kind: "segment_changed", writerId: "writer-1", sequence: 3 },
    ],
  ],
];

function dropTail(tables: ChainTables, writerId: string, last: number): void {
  const isCut = (row: { writerId: string; sequence: number }): boolean =>
    row.writerId === writerId && row.sequence > last;
  removeWhere(tables.segments, isCut);
  removeWhere(tables.decisions, isCut);
  removeWhere(tables.erasures, isCut);
}

function setHead(tables: ChainTables, writerId: string, sequence: number): void {
  Object.assign(found(tables.chains.find((chain) => chain.writerId === writerId)), {
    headSequence: sequence,
    headHash: segmentRow(tables, writerId, sequence).hash,
  });
}

const withChains: readonly Tampering[] = [
  [
    "a cut tail",
    (tables) => dropTail(tables, "writer-2", 2),
    [{ kind: "tail_missing", writerId: "writer-2", sequence: 3 }],
  ],
  [
    "a cut tail that the chain's own head does not tell of, but another chain does",
    (tables) => {
      dropTail(tables, "writer-1", 2);
      setHead(tables, "writer-1", 2);
    },
    [{ kind: "tail_missing", writerId: "writer-1", sequence: 3 }],
  ],
  [
    "a head that is not at the end",
    (tables) => setHead(tables, "writer-2", 2),
    [{ kind: "segment_changed", writerId: "writer-2", sequence: 3 }],
  ],
  [
    "a head with another hash",
    (tables) => {
      found(tables.chains[1]).headHash = sha256("");
    },
    [{ kind: "segment_changed", writerId: "writer-2", sequence: 3 }],
  ],
  [
    "a whole chain that another one has bound",
    (tables) => {
      dropTail(tables, "writer-1", 0);
      removeWhere(tables.chains, ({ writerId }) => writerId === "writer-1");
    },
    [{ kind: "chain_missing", writerId: "writer-1", sequence: 3 }],
  ],
  [
    "a chain without a row of its own",
    (tables) => removeWhere(tables.chains, ({ writerId }) => writerId === "writer-2"),
    [
      { kind: "personal_missing", writerId: "writer-1", sequence: 1, decisionId: decisionId(2) },
      { kind: "personal_missing", ...inSecond, decisionId: decisionId(4) },
      { kind: "record_added", writerId: "", sequence: 0 },
    ],
  ],
  [
    "segments that are still there although they were dropped",
    (tables) => {
      Object.assign(found(tables.chains[0]), {
        droppedSequence: 1,
        droppedHash: segmentRow(tables, "writer-1", 1).hash,
      });
    },
    [{ kind: "segment_changed", writerId: "writer-1", sequence: 1 }],
  ],
  [
    "a drop that ends in another hash",
    (tables) => {
      found(tables.chains[0]).droppedHash = sha256("");
    },
    [{ kind: "segment_changed", writerId: "writer-1", sequence: 1 }],
  ],
  [
    "another chain under a bound name",
    (tables) => {
      const other = createChainStore();
      other.append([sampleDecision(1)]);
      other.append([sampleDecision(2)]);
      other.append([sampleDecision(3)]);
      dropTail(tables, "writer-1", 0);
      removeWhere(tables.chains, ({ writerId }) => writerId === "writer-1");
      tables.chains.unshift(...other.tables.chains);
      tables.segments.push(...other.tables.segments);
      tables.decisions.push(...other.tables.decisions);
    },
    [
      { kind: "segment_changed", writerId: "writer-1", sequence: 3 },
      { kind: "personal_changed", writerId: "writer-1", sequence: 2, decisionId: decisionId(2) },
    ],
  ],
];

describe.each([
  ["records", withRecords],
  ["personal fields", withPersonalFields],
  ["erasures", withErasures],
  ["segments", withSegments],
  ["chains", withChains],
])("tampering with %s", (_what, tamperings) => {
  test.each(tamperings)("finds %s", async (_title, tamper, problems) => {
    const report = await problemsAfter(tamper);

    expect(report.problems.toSorted(byPlace)).toEqual(problems.toSorted(byPlace));
    expect(report.problemCount).toBe(problems.length);
  });
});

function byPlace(left: ChainProblem, right: ChainProblem): number {
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
}

describe("an expected head", () => {
  test.each<[string, (heads: readonly ChainHead[]) => ChainHead, ChainProblem["kind"]]>([
    [
      "of a chain that is gone",
      () => ({ writerId: "writer-9", sequence: 4, hash: "" }),
      "chain_missing",
    ],
    [
      "behind the end of its chain",
      ([first]) => ({ ...found(first), sequence: 4 }),
      "tail_missing",
    ],
    ["with another hash", ([first]) => ({ ...found(first), hash: "" }), "segment_changed"],
    ["at no place", ([first]) => ({ ...found(first), sequence: 0 }), "segment_missing"],
    ["between two places", ([first]) => ({ ...found(first), sequence: 1.5 }), "segment_missing"],
  ])("%s is found", async (_title, expectedOf, kind) => {
    const store = sampleChains();

    const { problems } = await verify(store.tables, [expectedOf(store.heads())]);

    expect(problems.map((problem) => problem.kind)).toContain(kind);
  });

  test("at the end of what was dropped has to have its hash", async () => {
    const store = sampleChains();
    store.drop("writer-1", 2);

    const { problems } = await verify(store.tables, [
      { writerId: "writer-1", sequence: 2, hash: sha256("") },
    ]);

    expect(problems).toEqual([{ kind: "segment_changed", ...inSecond }]);
  });

  test("finds a cut tail that nothing in the database tells of", async () => {
    const store = sampleChains();
    const checkpoint = store.heads();
    const tables = copyOf(store);
    dropTail(tables, "writer-2", 2);
    setHead(tables, "writer-2", 2);

    await expect(verify(tables)).resolves.toMatchObject({ intact: true });
    await expect(verify(tables, checkpoint)).resolves.toMatchObject({
      problems: [{ kind: "tail_missing", writerId: "writer-2", sequence: 3 }],
    });
  });
});

describe("what cannot be read back", () => {
  const corrupt = new StorageError("CORRUPT", "the row cannot be read");

  test("is a problem when it is a record", async () => {
    const { tables } = sampleChains();
    const reader = readerOf(tables);

    const report = await verifyChain(
      {
        ...reader,
        decisions: (segment) =>
          segment.sequence === 2 ? Promise.reject(corrupt) : reader.decisions(segment),
      },
      { hash: sha256 },
    );

    expect(report.problems).toEqual([{ kind: "record_changed", ...inSecond }]);
  });

  test("is a problem when it is a segment", async () => {
    const reader = readerOf(sampleChains().tables);

    const report = await verifyChain(
      { ...reader, segments: () => Promise.reject(corrupt) },
      { hash: sha256 },
    );

    expect(report.problems.map(({ kind }) => kind)).toEqual([
      "segment_changed",
      "tail_missing",
      "segment_changed",
      "tail_missing",
      "record_added",
    ]);
  });

  test("is a problem when it is nested deeper than anything can be that was sealed", async () => {
    const tables = copyOf(sampleChains());
    const { fields } = found(decisionRow(tables, 5).personal);
    const value: unknown = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    Object.assign(fields, { attributes: [{ name: "ext_plan", origin: "token", value }] });
    Object.assign(decisionRow(tables, 7).decision, { errors: value });
    Object.assign(segmentRow(tables, "writer-2", 1), { boundHeads: value });

    const { problems } = await verify(tables);

    expect(problems).toEqual([
      { kind: "personal_changed", ...inSecond, decisionId: decisionId(5) },
      { kind: "record_changed", writerId: "writer-1", sequence: 3 },
      { kind: "segment_changed", writerId: "writer-2", sequence: 1 },
    ]);
  });

  test("is a problem when bound heads are not what they should be", async () => {
    const tables = copyOf(sampleChains());
    Object.assign(segmentRow(tables, "writer-2", 1), { boundHeads: null });

    await expect(verify(tables)).resolves.toMatchObject({ intact: false, problemCount: 1 });
  });

  test("is an error when the database cannot be reached", async () => {
    const reader = readerOf(sampleChains().tables);
    const unavailable = new StorageError("UNAVAILABLE", "the database cannot be used now");

    const verification = verifyChain(
      { ...reader, erasure: () => Promise.reject(unavailable) },
      { hash: sha256 },
    );

    await expect(verification).rejects.toBe(unavailable);
  });
});

test("all problems are counted, and the first hundred named", async () => {
  const store = createChainStore();
  for (let number = 0; number < 120; number += 1) {
    store.append([sampleDecision(number)]);
  }
  for (const row of store.tables.decisions) {
    delete row.personal;
  }

  const report = await verify(store.tables);

  expect(report.problemCount).toBe(120);
  expect(report.problems).toHaveLength(100);
  expect(report.problems[0]).toMatchObject({ decisionId: decisionId(0) });
});

test("never asks for more than one segment's decisions at a time", async () => {
  const reader = readerOf(sampleChains().tables);
  let underWay = 0;
  let most = 0;

  await verifyChain(
    {
      ...reader,
      async decisions(segment) {
        underWay += 1;
        most = Math.max(most, underWay);
        const decisions = await reader.decisions(segment);
        underWay -= 1;
        return decisions;
      },
    },
    { hash: sha256 },
  );

  expect(most).toBe(1);
});
