import type { PolicyDocument } from "@byot/policy-engine";
import type { ConfiguredStore } from "./configured-store.js";
import type { Page, PageRequest } from "./page.js";
import type { Stored } from "./stored.js";

/** What a caller decides about a policy. */
export interface PolicyInput {
  /** The policy, complete; its `name` is the key. */
  readonly document: PolicyDocument;
}

/** One version of a policy. A version is never changed; a write makes the next one, and that one is active. */
export interface PolicyRecord extends PolicyInput, Stored {}

/** Where policies are read; the key is the policy's name. `find` and `list` answer active versions only. */
export interface PolicyStore extends ConfiguredStore<PolicyRecord> {
  /** Resolves to `undefined` when that version was never written. Versions outlive the policy's deletion. */
  findVersion(
    workspaceId: string,
    name: string,
    version: number,
  ): Promise<PolicyRecord | undefined>;

  /** Every version ever written under that name, newest first, those before a deletion too; none for an unknown name. */
  listVersions(workspaceId: string, name: string, page: PageRequest): Promise<Page<PolicyRecord>>;
}
