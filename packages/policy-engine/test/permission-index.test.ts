import { expect, test } from "vitest";
import { SlotTable } from "../src/conditions/attribute-slots.js";
import { internAtoms } from "../src/evaluation/atom-table.js";
import { compilePolicy } from "../src/evaluation/compiled-policy.js";
import { indexPermissions } from "../src/evaluation/permission-index.js";
import { policy } from "./support/decide.js";

test("names that no permission mentions share one entry, so that requests cannot fill the memory", () => {
  const slots = new SlotTable();
  const open = compilePolicy({ id: "open", version: 1, document: policy([]) }, internAtoms(slots));
  const grant = { resource: "*", actions: ["*"], priority: 0, policyId: "open" };
  const find = indexPermissions([{ grant, policy: open }], slots);

  expect(find("orders", "read")).toBeDefined();
  expect(find("orders", "read")).toBe(find("invoices", "write"));
});
