import type { Person } from "./person.js";

/**
 * Three people whose tokens tell premium from free and manager from member: `ada` (premium,
 * manager), `ben` (free, member) and `cleo` (premium, member). The plan is nested under `metadata`,
 * the role is a claim of its own.
 */
export const demoPeople: readonly Person[] = [
  { id: "ada", name: "Ada", claims: { metadata: { plan: "premium" }, role: "manager" } },
  { id: "ben", name: "Ben", claims: { metadata: { plan: "free" }, role: "member" } },
  { id: "cleo", name: "Cleo", claims: { metadata: { plan: "premium" }, role: "member" } },
];
