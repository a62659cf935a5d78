// Runs before the dependencies are installed: says what takes time, because the compiler does not.
console.log(
  "byot: installing dependencies. SQLite (better-sqlite3) is compiled from source where no\n" +
    "      prebuilt binary can be downloaded; that takes about a minute and needs python3, make and g++.",
);
