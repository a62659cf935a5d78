import { sampleKinds } from "./samples/sample-kinds.js";
import type { StorageCase } from "./storage-case.js";
import { apiKeyStoreCases } from "./suites/api-key-store-cases.js";
import { auditChainCases } from "./suites/audit-chain-cases.js";
import { changeLogCases } from "./suites/change-log-cases.js";
import { changeSetCases } from "./suites/change-set-cases.js";
import { concurrencyCases } from "./suites/concurrency-cases.js";
import { configuredStoreCases } from "./suites/configured-store-cases.js";
import { decisionLogCases } from "./suites/decision-log-cases.js";
import { erasureCases } from "./suites/erasure-cases.js";
import { lifecycleCases } from "./suites/lifecycle-cases.js";
import { persistenceCases } from "./suites/persistence-cases.js";
import { policyVersionCases } from "./suites/policy-version-cases.js";
import { readConfigurationCases } from "./suites/read-configuration-cases.js";
import { referenceCases } from "./suites/reference-cases.js";
import { retentionCases } from "./suites/retention-cases.js";
import { revisionCases } from "./suites/revision-cases.js";
import { secretStoreCases } from "./suites/secret-store-cases.js";
import { statisticsCases } from "./suites/statistics-cases.js";
import { twoStoragesCases } from "./suites/two-storages-cases.js";
import { versionCases } from "./suites/version-cases.js";
import { watchRevisionsCases } from "./suites/watch-revisions-cases.js";
import { workspaceDeletionCases } from "./suites/workspace-deletion-cases.js";
import { workspaceStoreCases } from "./suites/workspace-store-cases.js";

/** Every promise of the storage port, in the order of the report. */
export const storageCases: readonly StorageCase[] = [
  ...workspaceStoreCases,
  ...sampleKinds.flatMap(configuredStoreCases),
  ...policyVersionCases,
  ...apiKeyStoreCases,
  ...changeLogCases,
  ...decisionLogCases,
  ...auditChainCases,
  ...erasureCases,
  ...retentionCases,
  ...statisticsCases,
  ...secretStoreCases,
  ...revisionCases,
  ...versionCases,
  ...changeSetCases,
  ...referenceCases,
  ...workspaceDeletionCases,
  ...concurrencyCases,
  ...readConfigurationCases,
  ...watchRevisionsCases,
  ...lifecycleCases,
  ...persistenceCases,
  ...twoStoragesCases,
];
