/** Keeps everything byot stores in memory, for tests, demonstrations and in-process use. @module */
export { openMemoryStorage } from "./open-memory-storage.js";
