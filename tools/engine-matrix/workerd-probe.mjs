// For workerd, whose tests are methods of a module; what must come out is in the environment.
import { probeEngine } from "./probe.mjs";

// oxlint-disable-next-line import/no-default-export -- workerd looks for the module's default export
export default {
  test(_controller, { expected }) {
    const actual = JSON.stringify(probeEngine());
    if (actual !== expected) {
      throw new Error(`expected ${expected} but got ${actual}`);
    }
  },
};
