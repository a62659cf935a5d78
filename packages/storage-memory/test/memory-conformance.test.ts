import { describeStorage } from "@byot/storage-conformance";
import { openMemoryStorage } from "@byot/storage-memory";

describeStorage("memory", { open: async () => openMemoryStorage() });
