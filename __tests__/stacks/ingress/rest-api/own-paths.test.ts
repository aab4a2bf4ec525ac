import { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { App, Testing } from "cdktf";
import { z } from "zod";
import { decodeJson } from "../../../../policy/terraform/expression";
import { StageStack } from "../../../../stacks/stage-stack";
import { ingresses, stageWith } from "../../../fixtures/stage";

const stackOf = (kind: keyof typeof ingresses) => new StageStack(new App(), stageWith({ ingress: ingresses[kind] }));
const report = {
  get: {
    responses: { "200": { description: "A report" } },
    "x-amazon-apigateway-integration": { type: "mock" },
  },
} as const;
const rendered = z.object({ resource: z.record(z.string(), z.record(z.string(), z.looseObject({}))) });

describe("a path of your own", () => {
  it.each(["rest-api via nlb", "rest-api via nlb-alb", "rest-api via alb"] as const)(
    "is in the document of %s, beside those of the services",
    (kind) => {
      const stack = stackOf(kind);
      stack.ingress.api?.addPath("/reports/{id}", report);
      const { resource } = rendered.parse(stack.render());
      const body = decodeJson(z.string().parse(resource.aws_api_gateway_rest_api?.ingress?.body));
      expect(body).toMatchObject({ paths: { "/": {}, "/{proxy+}": {}, "/reports/{id}": report } });
    },
  );

  it("has no method twice", () => {
    const { api } = stackOf("rest-api via nlb").ingress;
    api?.addPath("/reports", report);
    expect(() => api?.addPath("/reports", report)).toThrow("the REST API has /reports with the method get already");
    expect(() => api?.addPath("/", { "x-amazon-apigateway-any-method": report.get })).toThrow("already");
  });

  it("is for REST APIs only", () => {
    expect(stackOf("http-api").ingress.api).toBeUndefined();
  });
});

describe("a part of the API beside its document", () => {
  const synthesized = (stack: StageStack) => Testing.synth(stack, true);

  it("is refused with its address and the method to use", () => {
    const stack = stackOf("rest-api via nlb");
    const restApiId = "${aws_api_gateway_rest_api.ingress.id}";
    const parentId = "${aws_api_gateway_rest_api.ingress.root_resource_id}";
    new ApiGatewayResource(stack, "reports", { restApiId, parentId, pathPart: "reports" });
    expect(() => synthesized(stack)).toThrow(
      /aws_api_gateway_resource\.reports is a part of a REST API that is one document, which would erase it; remove it, and add its path with stack\.ingress\.api\.addPath/,
    );
  });

  it("is accepted when it is a part of another API", () => {
    const stack = stackOf("rest-api via nlb");
    const other = new ApiGatewayRestApi(stack, "other", { name: "other" });
    new ApiGatewayAuthorizer(stack, "authorizer", { restApiId: other.id, name: "other" });
    expect(() => synthesized(stack)).not.toThrow();
  });
});
