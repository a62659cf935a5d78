import { casesOf, type StorageCase } from "../storage-case.js";
import { changeLogApiKeyCases } from "./change-log-api-key-cases.js";
import { changeLogQueryCases } from "./change-log-query-cases.js";
import { changeLogRecordCases } from "./change-log-record-cases.js";
import { changeLogSetCases } from "./change-log-set-cases.js";

/** What `ChangeLog` promises. */
export const changeLogCases: readonly StorageCase[] = casesOf("ChangeLog", {
  ...changeLogRecordCases,
  ...changeLogSetCases,
  ...changeLogApiKeyCases,
  ...changeLogQueryCases,
});
