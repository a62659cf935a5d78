/** The wire format of the byot HTTP API: schemas, types, routes and error codes. @module */
export {};
