import { verifyChain, type ChainReport } from "@byot/storage";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  createChainStore,
  readerOf,
  sha256,
  type ChainStore,
  type ChainTables,
} from "./support/chain-store.js";
import { copyOf, found, sampleChains } from "./support/sample-chains.js";
import { sampleDecision } from "./support/sample-decision.js";

async function verify(tables: ChainTables): Promise<ChainReport> {
  return verifyChain(readerOf(tables), { hash: sha256 });
}

/** What the service itself does to a log. */
type Step =
  | { readonly does: "append"; readonly count: number }
  | { readonly does: "erase"; readonly share: number }
  | { readonly does: "drop"; readonly before: Date }
  | { readonly does: "restart" };

const steps = fc.array<Step>(
  fc.oneof(
    fc.record({ does: fc.constant("append"), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ does: fc.constant("append"), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ does: fc.constant("erase"), share: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ does: fc.constant("drop"), before: fc.constantFrom(...someTimes()) }),
    fc.record({ does: fc.constant("restart") }),
  ),
  { minLength: 1, maxLength: 14 },
);

/** Times in the middle of the decisions, and one after everything. */
function someTimes(): readonly Date[] {
  return [...[25, 50, 75].map((number) => sampleDecision(number).at), new Date("2027-01-01")];
}

function storeAfter(plan: readonly Step[]): ChainStore {
  const store = createChainStore();
  let number = 0;
  for (const step of plan) {
    number += 10;
    carryOut(store, step, number);
  }
  return store;
}

function carryOut(store: ChainStore, step: Step, number: number): void {
  switch (step.does) {
    case "append":
      store.append(
        Array.from({ length: step.count }, (_, index) => sampleDecision(number + index)),
      );
      break;
    case "erase":
      eraseShare(store, step.share);
      break;
    case "drop":
      dropBefore(store, step.before);
      break;
    case "restart":
      store.restart();
      break;
  }
}

function eraseShare(store: ChainStore, share: number): void {
  const ids = store.tables.decisions
    .filter(({ personal }, index) => personal !== undefined && index % share === 0)
    .map(({ decision }) => decision.decisionId);
  if (ids.length > 0) {
    store.erase(ids);
  }
}

function dropBefore(store: ChainStore, before: Date): void {
  for (const { writerId } of store.tables.chains) {
    const segments = store.tables.segments.filter((segment) => segment.writerId === writerId);
    const firstKept = segments.findIndex(({ lastAt }) => lastAt >= before);
    store.drop(writerId, firstKept === -1 ? segments.length : firstKept);
  }
}

test("appending, erasing, dropping and restarting leave every chain intact", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const store = storeAfter(plan);

      const report = await verify(store.tables);

      expect(report.problems).toEqual([]);
      expect(report.heads).toEqual(store.heads());
    }),
  );
});

/** A member somewhere in the tables: what holds it, and its name there. */
interface Leaf {
  readonly holder: object;
  readonly name: string;
}

function leavesOf(holder: object): readonly Leaf[] {
  return Object.entries(holder).flatMap(([name, member]: [string, unknown]) =>
    typeof member === "object" && member !== null && !(member instanceof Date)
      ? leavesOf(member)
      : [{ holder, name }],
  );
}

/** A value of the same kind that is another one. */
function changed(value: unknown): unknown {
  if (value instanceof Date) {
    return new Date(value.getTime() + 1);
  }
  if (typeof value === "number") {
    return value + 1;
  }
  const text = typeof value === "string" ? value : "";
  return text.startsWith("a") ? `b${text.slice(1)}` : `a${text.slice(1)}`;
}

const sample = sampleChains();

test("every member of every row that is changed is found", async () => {
  const leafCount = leavesOf(copyOf(sample)).length;
  for (let index = 0; index < leafCount; index += 1) {
    const tables = copyOf(sample);
    const { holder, name } = found(leavesOf(tables)[index]);
    Reflect.set(holder, name, changed(Reflect.get(holder, name)));

    const report = await verify(tables);

    expect(report.intact, `${name} of ${JSON.stringify(holder)}`).toBe(false);
  }
});

const rows = (["chains", "segments", "decisions", "erasures"] as const).flatMap((table) =>
  sample.tables[table].map((_row, index) => ({ table, index })),
);

test.each(rows)("row $index of $table that is deleted is found", async ({ table, index }) => {
  const tables = copyOf(sample);
  tables[table].splice(index, 1);

  await expect(verify(tables)).resolves.toMatchObject({ intact: false });
});

/** One change to the tables that the service would not make. Answers whether there was anything to change. */
type Mutation = (tables: ChainTables, place: number) => boolean;

const mutations: Readonly<Record<string, Mutation>> = {
  "a changed member": (tables, place) => {
    const leaves = leavesOf(tables);
    const leaf = placed(leaves, place);
    return (
      leaf !== undefined &&
      Reflect.set(leaf.holder, leaf.name, changed(Reflect.get(leaf.holder, leaf.name)))
    );
  },
  "a deleted decision": ({ decisions }, place) => deleteAt(decisions, place),
  "a deleted segment": ({ segments }, place) => deleteAt(segments, place),
  "a repeated segment": ({ segments }, place) => repeatAt(segments, place),
  "a repeated decision": ({ decisions }, place) => repeatAt(decisions, place),
  "two decisions in each other's place": ({ decisions }, place) => {
    const [first, second] = [placed(decisions, place), placed(decisions, place + 1)];
    if (first === undefined || second === undefined || first === second) {
      return false;
    }
    const { writerId, sequence, position } = first;
    Object.assign(first, {
      writerId: second.writerId,
      sequence: second.sequence,
      position: second.position,
    });
    Object.assign(second, { writerId, sequence, position });
    return true;
  },
};

function placed<Item>(items: readonly Item[], place: number): Item | undefined {
  return items[place % items.length];
}

function deleteAt(table: object[], place: number): boolean {
  return table.splice(place % table.length, 1).length > 0;
}

function repeatAt(table: object[], place: number): boolean {
  const row = placed(table, place);
  return row !== undefined && table.push(structuredClone(row)) > 0;
}

test.each(Object.entries(mutations))("%s is found in every log", async (_title, mutate) => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (plan, place) => {
      const store = storeAfter(plan);
      const checkpoint = store.heads();
      const tables = copyOf(store);
      fc.pre(mutate(tables, place));

      const report = await verifyChain(readerOf(tables), { hash: sha256, expected: checkpoint });

      expect(report.intact).toBe(false);
    }),
  );
});
