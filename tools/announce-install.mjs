// Runs before the dependencies are installed: says what takes time, because the compiler does not.
console.log(
  "byot: installing dependencies. Where no prebuilt SQLite (better-sqlite3) can be downloaded, it is compiled:\n" +
    "      a minute on a quick machine, up to five on a slow one, during which the last line stands still.\n" +
    "      That needs python3, make and g++.",
);
