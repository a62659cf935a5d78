import type { DecisionRecord, Storage } from "@byot/storage";
import { expect } from "vitest";
import { expectIntact } from "../assertions/expect-intact.js";
import { erasureOf } from "../samples/sample-erasures.js";
import {
  decisionAbout,
  numbers,
  recordId,
  refusalRecord,
  withoutPersonal,
} from "../samples/sample-log-records.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";

const okta = "https://okta.acme.example";

/** Ada's decisions of two issuers, and Ben's. */
const decisions: readonly DecisionRecord[] = [
  decisionAbout("ada", 1),
  decisionAbout("ben", 2),
  decisionAbout("ada", 3, { issuer: okta, providerId: "okta" }),
  decisionAbout("Ada", 4),
];

const decisionCases: CaseTable = {
  "erasing a subject takes what is personal out of its decisions, and nothing else": async ({
    storage,
  }) => {
    await storage.decisionLog.append(decisions);
    const count = await storage.decisionLog.eraseSubject("acme", erasureOf());
    expect(count).toStrictEqual({ decisions: 2, refusals: 0 });
    expect(await storage.decisionLog.find("acme", recordId(1))).toStrictEqual(bare(1));
    const { items } = await storage.decisionLog.list("acme", { limit: 9 });
    expect(items).toStrictEqual([decisions[3], bare(3), decisions[1], bare(1)]);
  },
  "a query for a subject never matches what was erased": async ({ storage }) => {
    await storage.decisionLog.append(decisions);
    await storage.decisionLog.eraseSubject("acme", erasureOf());
    for (const subject of ["ada", "", "null", "undefined"]) {
      const { items } = await storage.decisionLog.list("acme", { subject, limit: 9 });
      expect(items).toStrictEqual([]);
    }
    const { items } = await storage.decisionLog.list("acme", { subject: "ben", limit: 9 });
    expect(items).toStrictEqual([decisions[1]]);
  },
  "erasing what one issuer said of a subject leaves what others said": async ({ storage }) => {
    await storage.decisionLog.append(decisions);
    const count = await storage.decisionLog.eraseSubject("acme", erasureOf({ issuer: okta }));
    expect(count).toStrictEqual({ decisions: 1, refusals: 0 });
    const { items } = await storage.decisionLog.list("acme", { limit: 9 });
    expect(items).toStrictEqual([decisions[3], bare(3), decisions[1], decisions[0]]);
  },
  "a subject is erased under each of its names": async ({ storage }) => {
    await storage.decisionLog.append(decisions);
    const subjects = ["ben", "Ada", "nobody"];
    const count = await storage.decisionLog.eraseSubject("acme", erasureOf({ subjects }));
    expect(count).toStrictEqual({ decisions: 2, refusals: 0 });
    const { items } = await storage.decisionLog.list("acme", { limit: 9 });
    expect(items).toStrictEqual([bare(4), decisions[2], bare(2), decisions[0]]);
  },
  "erasing a subject leaves it in other workspaces": async ({ storage }) => {
    const elsewhere = decisionAbout("ada", 9, { workspaceId: "globex" });
    await storage.decisionLog.append([...decisions, elsewhere]);
    const before = await storage.decisionLog.checkpoint("globex");
    await storage.decisionLog.eraseSubject("acme", erasureOf());
    expect(await storage.decisionLog.find("globex", recordId(9))).toStrictEqual(elsewhere);
    expect(await storage.decisionLog.checkpoint("globex")).toStrictEqual(before);
  },
};

const refusalCases: CaseTable = {
  "erasing a subject takes it out of refused tokens, which stay": async ({ storage }) => {
    const refusals = [
      refusalRecord(1),
      refusalRecord(2, { subject: "ben" }),
      refusalRecord(3, { unverifiedIssuer: okta }),
      refusalRecord(4, { workspaceId: "globex" }),
    ];
    await storage.decisionLog.appendRefusals(refusals);
    const one = await storage.decisionLog.eraseSubject("acme", erasureOf({ issuer: okta }));
    expect(one).toStrictEqual({ decisions: 0, refusals: 1 });
    expect(await refusalsOf(storage)).toStrictEqual([
      nameless(refusals[2]),
      refusals[1],
      refusals[0],
    ]);
    const other = await storage.decisionLog.eraseSubject(
      "acme",
      erasureOf({ erasureId: recordId(9001) }),
    );
    expect(other).toStrictEqual({ decisions: 0, refusals: 1 });
    expect(await refusalsOf(storage)).toStrictEqual([
      nameless(refusals[2]),
      refusals[1],
      nameless(refusals[0]),
    ]);
    expect(await refusalsOf(storage, "globex")).toStrictEqual([refusals[3]]);
  },
};

const chainCases: CaseTable = {
  "an erasure is a segment of the chain, which stays intact and counts what was erased": async ({
    storage,
  }) => {
    await storage.decisionLog.append(decisions);
    const before = await storage.decisionLog.checkpoint("acme");
    await storage.decisionLog.eraseSubject("acme", erasureOf());
    await expectIntact(storage, { segments: 2, decisions: 4, erased: 2 }, before);
    await storage.decisionLog.append([decisionAbout("ada", 9)]);
    await expectIntact(storage, { segments: 3, decisions: 5, erased: 2 }, before);
  },
  "an erasure that finds nothing leaves the log as it is": async ({ storage }) => {
    await storage.decisionLog.append(decisions);
    await storage.decisionLog.eraseSubject("acme", erasureOf());
    const before = await storage.decisionLog.verify("acme");
    for (const [n, subjects] of [["ada"], ["nobody"], ["a%", "*", ""]].entries()) {
      const erasure = erasureOf({ erasureId: recordId(9100 + n), subjects });
      const count = await storage.decisionLog.eraseSubject("acme", erasure);
      expect(count).toStrictEqual({ decisions: 0, refusals: 0 });
    }
    expect(await storage.decisionLog.verify("acme")).toStrictEqual(before);
    expect(await storage.decisionLog.eraseSubject("globex", erasureOf())).toStrictEqual({
      decisions: 0,
      refusals: 0,
    });
  },
  "a subject with more than 512 decisions is erased whole": async ({ storage }) => {
    await storage.decisionLog.append(numbers(1, 500).map((n) => decisionAbout("ada", n)));
    await storage.decisionLog.append(
      numbers(501, 1000).map((n) => decisionAbout(n % 5 === 0 ? "ben" : "ada", n)),
    );
    const count = await storage.decisionLog.eraseSubject("acme", erasureOf());
    expect(count).toStrictEqual({ decisions: 900, refusals: 0 });
    await expectIntact(storage, { decisions: 1000, erased: 900 });
    const ada = await storage.decisionLog.list("acme", { subject: "ada", limit: 9 });
    expect(ada.items).toStrictEqual([]);
    const ben = await storage.decisionLog.list("acme", { subject: "ben", limit: 200 });
    expect(ben.items).toHaveLength(100);
  },
  "a subject that is seen again can be erased again": async ({ storage }) => {
    await storage.decisionLog.append(decisions);
    await storage.decisionLog.eraseSubject("acme", erasureOf());
    await storage.decisionLog.append([decisionAbout("ada", 9)]);
    const again = erasureOf({ erasureId: recordId(9001) });
    expect(await storage.decisionLog.eraseSubject("acme", again)).toStrictEqual({
      decisions: 1,
      refusals: 0,
    });
    await expectIntact(storage, { segments: 4, decisions: 5, erased: 3 });
  },
  "erasing while decisions are appended leaves the chain intact": async ({ storage }) => {
    await storage.decisionLog.append(decisions);
    await Promise.all([
      ...numbers(1, 10).map((n) => storage.decisionLog.append([decisionAbout("ben", 100 + n)])),
      storage.decisionLog.eraseSubject("acme", erasureOf()),
      ...numbers(11, 20).map((n) => storage.decisionLog.append([decisionAbout("ben", 100 + n)])),
    ]);
    await expectIntact(storage, { chains: 1, segments: 22, decisions: 24, erased: 2 });
  },
};

function bare(n: number): DecisionRecord | undefined {
  const decision = decisions[n - 1];
  return decision && withoutPersonal(decision);
}

type Refusal = ReturnType<typeof refusalRecord>;

function nameless(refusal: Refusal | undefined): Omit<Refusal, "subject"> | undefined {
  if (refusal === undefined) {
    return undefined;
  }
  const { subject: _, ...rest } = refusal;
  return rest;
}

async function refusalsOf(storage: Storage, workspaceId = "acme"): Promise<readonly Refusal[]> {
  return (await storage.decisionLog.listRefusals(workspaceId, { limit: 9 })).items;
}

/** What `DecisionLog.eraseSubject` promises. */
export const erasureCases: readonly StorageCase[] = casesOf("DecisionLog.eraseSubject", {
  ...decisionCases,
  ...refusalCases,
  ...chainCases,
});
