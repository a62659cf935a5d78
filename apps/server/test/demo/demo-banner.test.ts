import { expect, test } from "vitest";
import { demoBanner } from "../../src/demo/demo-banner.js";

const facts = {
  url: "http://127.0.0.1:8787",
  environmentFile: "/home/ada/.byot/demo.env",
  givesTokens: true,
};

test("names the addresses, the file of the key and the three people", () => {
  const banner = demoBanner(facts);

  expect(banner).toContain("http://127.0.0.1:8787/v1/workspaces/demo");
  expect(banner).toContain("BYOT_API_KEY in /home/ada/.byot/demo.env");
  expect(banner).toContain("ada, ben, cleo");
});

test("gives no command that needs a token where none is given", () => {
  const banner = demoBanner({ ...facts, givesTokens: false });

  expect(banner).not.toContain("curl");
  expect(banner).not.toContain("demo-idp");
  expect(banner).toContain("leave BYOT_HOST out");
});

test("quotes a file name that a shell would take apart", () => {
  const banner = demoBanner({ ...facts, environmentFile: "/home/ada's files/$x/demo.env" });

  expect(banner).toContain(String.raw`. '/home/ada'\''s files/$x/demo.env'`);
});
