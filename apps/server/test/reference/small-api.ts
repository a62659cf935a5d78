import type { DescribeApi } from "../../src/reference/reference-router.js";

/** Describes an API of one route. */
export const describeApi: DescribeApi = () => ({
  openapi: "3.1.0",
  info: { title: "A small API", version: "1.0.0" },
  servers: [{ url: "/" }],
  paths: {
    "/v1/workspaces/{workspace}/authorize": {
      post: {
        operationId: "decisionsAuthorize",
        summary: "Decides one question",
        tags: ["Decisions"],
        parameters: [{ name: "workspace", in: "path", required: true, schema: { type: "string" } }],
        responses: { "200": { description: "The answer." } },
      },
    },
  },
});
