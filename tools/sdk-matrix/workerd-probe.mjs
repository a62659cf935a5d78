// For workerd, whose tests are methods of a module; where to ask and what must come out is in the environment.
import { probeSdk } from "./probe.mjs";

// oxlint-disable-next-line import/no-default-export -- workerd looks for the module's default export
export default {
  async test(_controller, { baseUrl, expected }) {
    const actual = JSON.stringify(await probeSdk(baseUrl, "workerd"));
    if (actual !== expected) {
      throw new Error(`expected ${expected} but got ${actual}`);
    }
  },
};
