import { describeStorage } from "@byot/storage-conformance";
import { openMemoryStorage } from "@byot/storage-memory";

describeStorage("memory", {
  open: async () => openMemoryStorage(),
  lacks: {
    reopen: "nothing outlives a storage in memory",
    openSecond: "two storages in memory share nothing",
  },
});
