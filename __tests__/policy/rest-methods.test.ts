import { rules } from "../../policy/rules";
import { stackOf } from "./blocks";

const mock = { type: "mock" };
const operation = (more: object = {}) => ({ responses: {}, "x-amazon-apigateway-integration": mock, ...more });
const securitySchemes = {
  users: { type: "apiKey", "x-amazon-apigateway-authorizer": { type: "cognito_user_pools" } },
  signed: { type: "apiKey", "x-amazon-apigateway-authtype": "awsSigv4" },
  api_key: { type: "apiKey", name: "x-api-key", in: "header" },
};
const open = (paths: object, more: object = {}) => {
  const body = { paths, components: { securitySchemes }, ...more };
  const stack = stackOf({
    aws_api_gateway_rest_api: { it: { body } },
    aws_lb_target_group: { it: { health_check: { path: "/health" } } },
  });
  return rules["api-authorization"].check(stack).map(({ part }) => part);
};

describe("a method in the document of a REST API is open", () => {
  it.each<[string, object]>([
    ["without security", {}],
    ["with an API key only", { security: [{ api_key: [] }] }],
    ["with a scheme that the document does not define", { security: [{ absent: [] }] }],
    ["with its own empty security", { security: [] }],
  ])("%s", (_, more) => {
    const document = { "/orders.csv": { "x-amazon-apigateway-any-method": operation(more) } };
    expect(open(document)).toEqual(["ANY /orders.csv"]);
  });

  it("beside others that are not", () => {
    const secured = operation({ security: [{ users: ["read"] }] });
    expect(open({ "/orders": { get: secured, post: operation() } })).toEqual(["POST /orders"]);
  });

  it.each<[string, object]>([
    ["with an authorizer", { put: operation({ security: [{ users: [] }] }) }],
    ["with an authorizer and an API key", { put: operation({ security: [{ users: [] }, { api_key: [] }] }) }],
    ["with a signature", { put: operation({ security: [{ signed: [] }] }) }],
    ["for preflight requests", { options: operation() }],
  ])("but not %s", (_, item) => {
    expect(open({ "/orders": item })).toEqual([]);
  });

  it("but not for health checks, or with the security of the whole document", () => {
    expect(open({ "/health": { get: operation() } })).toEqual([]);
    expect(open({ "/orders": { put: operation() } }, { security: [{ users: [] }] })).toEqual([]);
  });
});
