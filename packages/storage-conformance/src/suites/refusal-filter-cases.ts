import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { numbers, recordTime, refusalRecord } from "../samples/sample-log-records.js";
import type { CaseTable } from "../storage-case.js";

const codes = ["token_expired", "signature_invalid", "issuer_not_trusted"] as const;

/** Twenty-one refused tokens, of three codes in turn. */
const varied = numbers(1, 21).map((n) => refusalRecord(n, { code: codes[n % 3] ?? codes[0] }));

/** What the queries of refused tokens promise. */
export const refusalFilterCases: CaseTable = {
  "a query of refused tokens has only the code it names": async ({ storage }) => {
    await storage.decisionLog.appendRefusals(varied);
    for (const code of codes) {
      const { items } = await storage.decisionLog.listRefusals("acme", { code, limit: 200 });
      expect(items).toStrictEqual(withCode(code));
    }
    for (const code of ["TOKEN_EXPIRED", "token%", "token_expired ", ""]) {
      const page = await storage.decisionLog.listRefusals("acme", { code, limit: 200 });
      expect(page).toStrictEqual({ items: [], nextCursor: null });
    }
  },
  "an absent code of a query matches every refused token": async ({ storage }) => {
    await storage.decisionLog.appendRefusals(varied);
    const { items } = await storage.decisionLog.listRefusals("acme", { limit: 200 });
    expect(items).toStrictEqual(varied.toReversed());
  },
  "the code and the time of a query of refused tokens apply together, page by page": async ({
    storage,
  }) => {
    const elsewhere = refusalRecord(99, { workspaceId: "globex", at: recordTime(9) });
    await storage.decisionLog.appendRefusals([...varied, elsewhere]);
    const span = { from: recordTime(5), until: recordTime(18) };
    const paged = await everyPage(2, (page) =>
      storage.decisionLog.listRefusals("acme", { ...page, ...span, code: "token_expired" }),
    );
    expect(paged).toStrictEqual([15, 12, 9, 6].map((n) => refusalRecord(n)));
  },
};

function withCode(wanted: string): typeof varied {
  return varied.filter(({ code }) => code === wanted).toReversed();
}
