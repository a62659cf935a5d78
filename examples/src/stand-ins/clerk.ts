// Stands in for `@clerk/nextjs/server`: the demo's identity provider issues the tokens.

let person: string | undefined;

/** Signs a person of the demo in, or everybody out. */
export function signIn(name: string | undefined): void {
  person = name;
}

/** The session of the request, as Clerk answers it: without one there is no token. */
export async function auth(): Promise<{ readonly getToken: () => Promise<string | null> }> {
  return { getToken: async () => (person === undefined ? null : tokenOf(person)) };
}

async function tokenOf(name: string): Promise<string> {
  const response = await fetch(`${process.env["BYOT_URL"]}/demo-idp/token/${name}`);
  return response.text();
}
