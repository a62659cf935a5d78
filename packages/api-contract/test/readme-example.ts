import { problemCatalogue, routes } from "@byot/api-contract";

const { method, path, body, bodyLimitBytes, access } = routes.resources.create;
// method is "post", path "/v1/workspaces/:workspace/resources", access "config:write"

const accepted = body.safeParse({ name: "orders", actions: ["read", "approve"] });
export const resource = accepted.data; // category is "custom"

const refused = body.safeParse({ name: "orders", actions: ["read"], categroy: "shop" });
export const mistakes = refused.error?.issues.map(({ message }) => message);

const { status, title, fix } = problemCatalogue.request_invalid;
export const problem = { status, title, fix }; // status is 400
export const route = { method, path, access, bodyLimitBytes };
