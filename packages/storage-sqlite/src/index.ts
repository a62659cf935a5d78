/** Keeps everything byot stores in SQLite files. @module */
export {};
