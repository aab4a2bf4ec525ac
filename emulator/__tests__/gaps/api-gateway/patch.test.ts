import { patchedProperties } from "../../../gaps/api-gateway/patch";

const patch = (target: Parameters<typeof patchedProperties>[0], ...patchOperations: Record<string, string>[]) =>
  patchedProperties(target, { patchOperations });

describe("the patch operations of API Gateway", () => {
  it("replace a property, and keep its type", () => {
    expect(
      patch(
        { timeoutInMillis: 1, apiKeyRequired: false, uri: "a" },
        { op: "replace", path: "/timeoutInMillis", value: "29000" },
      ),
    ).toEqual({ timeoutInMillis: 29000 });
    expect(patch({ apiKeyRequired: false }, { op: "replace", path: "/apiKeyRequired", value: "true" })).toEqual({
      apiKeyRequired: true,
    });
  });

  it("replace true by false", () => {
    expect(patch({ disable: true }, { op: "replace", path: "/disable", value: "false" })).toEqual({ disable: false });
  });

  it("add and remove an element of a list by its escaped value", () => {
    const target = { binaryMediaTypes: ["image/png"] };
    expect(patch(target, { op: "add", path: "/binaryMediaTypes/a~1b" })).toEqual({
      binaryMediaTypes: ["image/png", "a/b"],
    });
    expect(patch(target, { op: "remove", path: "/binaryMediaTypes/image~1png" })).toEqual({ binaryMediaTypes: [] });
  });

  it("add and remove an element of a list whose path has no element", () => {
    const add = { op: "add", path: "/authorizationScopes", value: "orders/read" };
    expect(patch({ authorizationScopes: null }, add)).toEqual({ authorizationScopes: ["orders/read"] });
    expect(
      patch({ authorizationScopes: ["orders/write"] }, add, { ...add, op: "remove", value: "orders/write" }),
    ).toEqual({ authorizationScopes: ["orders/read"] });
    expect(patch({ providerARNs: ["a"] }, { op: "remove", path: "/providerARNs" })).toEqual({ providerARNs: null });
  });

  it("add a key to a property that does not exist", () => {
    expect(patch({}, { op: "add", path: "/requestParameters/method.request.path.id", value: "true" })).toEqual({
      requestParameters: { "method.request.path.id": true },
    });
  });

  it("return null for a removed property", () => {
    expect(patch({ description: "x" }, { op: "remove", path: "/description" })).toEqual({ description: null });
  });

  it("return only the properties that change", () => {
    expect(patch({ id: "1", name: "a" }, { op: "replace", path: "/name", value: "b" })).toEqual({ name: "b" });
  });
});
