import { GET, POST } from "./next-route.js";
import { signIn } from "./stand-ins/clerk.js";

async function show(asked: string, response: Response): Promise<void> {
  const answer = response.ok ? ` ${await response.text()}` : "";
  console.log(`${asked.padEnd(22)} ${response.status}${answer}`);
}

async function approve(amount: number): Promise<Response> {
  const request = new Request("https://shop.acme.com/api/orders/o-42/approve", {
    method: "POST",
    body: JSON.stringify({ amount }),
  });
  return POST(request, { params: Promise.resolve({ id: "o-42" }) });
}

await show("nobody, premium:", await GET());
signIn("ben");
await show("ben, premium:", await GET());
signIn("ada");
await show("ada, premium:", await GET());
await show("ada, order of 50000:", await approve(50_000));
signIn("cleo");
await show("cleo, order of 50000:", await approve(50_000));
await show("cleo, order of 10000:", await approve(10_000));
