import { afterEach, expect, test } from "vitest";
import { configureAcme, readDecisionLog, startAudited, verifyChains } from "./audited-service.js";
import { reportFigure } from "./report-figure.js";
import { isDecided, startLoad } from "./start-load.js";
import { postgresStore, sqliteStore, type StoreUnderTest } from "./store-under-test.js";

const isNightly = process.env["BYOT_NIGHTLY"] === "1";
const stores: StoreUnderTest[] = [];

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.remove()));
});

test.each([
  { name: "SQLite", open: sqliteStore, rounds: isNightly ? 100 : 10 },
  { name: "PostgreSQL", open: postgresStore, rounds: isNightly ? 30 : 3 },
])(
  "a server killed in the middle of its work has every decision it answered in the log, on $name",
  { timeout: 1_800_000 },
  async ({ name, open, rounds }) => {
    const store = await open();
    stores.push(store);
    const answered = new Map<string, string>();
    for (let round = 0; round < rounds; round += 1) {
      const decisions = await killUnderLoad(store, round);
      for (const [id, decision] of decisions) {
        answered.set(id, decision);
      }
    }
    expect(await store.integrity()).toBe("ok");
    const service = await startAudited(store);
    const log = await readDecisionLog(service);
    const chains = await verifyChains(service);
    await service.process.stop();
    const missing = [...answered].filter(([id, decision]) => log.get(id) !== decision);
    reportFigure(
      `${rounds} kills on ${name}: ${answered.size} answered decisions, ${missing.length} missing, ${chains.problems.length} chain problems`,
    );
    expect(missing).toStrictEqual([]);
    expect(chains).toMatchObject({ intact: true, decisions: log.size });
  },
);

/** Starts a server, lets callers ask it, and kills it while they do. */
async function killUnderLoad(
  store: StoreUnderTest,
  round: number,
): Promise<ReadonlyMap<string, string>> {
  const service = await startAudited(store);
  if (round === 0) {
    await configureAcme(service);
  }
  const load = startLoad({ url: service.url, callers: 16, endsWithServer: true });
  // A different moment in each round, the same ones in each run.
  await load.decided(20 + ((round * 137) % 400));
  await service.process.stop("SIGKILL");
  await load.stop();
  const decided = load.answers.filter(isDecided);
  expect(decided.filter(({ decision, expected }) => decision !== expected)).toStrictEqual([]);
  return new Map(
    decided.map(({ decisionId = "", decision = "" }) => [decisionId, decision] as const),
  );
}
