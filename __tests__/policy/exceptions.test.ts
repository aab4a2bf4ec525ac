import { ConfigError } from "../../schema";
import { checkStack } from "../../policy/check-stack";
import { refuseUnknownRules } from "../../policy/exceptions";
import { rules } from "../../policy/rules";
import { stageWith } from "../fixtures/stage";

const repositories = {
  resource: {
    aws_ecr_repository: {
      services_orders: { image_tag_mutability: "MUTABLE", image_scanning_configuration: { scan_on_push: true } },
      services_users: { image_tag_mutability: "MUTABLE", image_scanning_configuration: { scan_on_push: true } },
    },
    aws_ecr_lifecycle_policy: {
      of: { repository: "${aws_ecr_repository.services_orders.name} ${aws_ecr_repository.services_users.name}" },
    },
  },
};
const remaining = (rule: string, resource: string) =>
  checkStack(stageWith({ exceptions: [{ rule, resource, reason: "A test." }] }), repositories, rules).findings.map(
    (finding) => `${finding.rule} ${finding.resource}`,
  );

describe("an exception", () => {
  it("permits the violation of the resource that it names, and no other", () => {
    expect(remaining("repository-tags", "aws_ecr_repository.services_orders")).toEqual([
      "repository-tags aws_ecr_repository.services_users",
    ]);
  });

  it("permits the violations of all resources that its pattern matches", () => {
    expect(remaining("repository-tags", "aws_ecr_repository.*")).toEqual([]);
  });

  it("matches a dot literally", () => {
    expect(remaining("repository-tags", "aws_ecr_repository_services_*")).toHaveLength(3);
  });

  it("is a finding when it permits nothing", () => {
    const stage = stageWith({
      exceptions: [
        { rule: "repository-tags", resource: "*", reason: "A test." },
        { rule: "repository-scan", resource: "aws_ecr_repository.services_orders", reason: "A test." },
      ],
    });
    expect(checkStack(stage, repositories, rules).findings).toEqual([
      {
        rule: "exception-unused",
        severity: "low",
        stack: "dev01-us-east-1",
        file: "config/dev/dev01/us-east-1-dev01.ts",
        resource: "exceptions[1]",
        message:
          "is not needed: repository-scan has no finding for aws_ecr_repository.services_orders; remove it from `exceptions`",
        source: "schema/stage.ts",
      },
    ]);
  });

  it("is refused when its rule does not exist", () => {
    const stage = stageWith({ exceptions: [{ rule: "repository-tag", resource: "*", reason: "A test." }] });
    expect(() => {
      refuseUnknownRules([stage], rules);
    }).toThrow(ConfigError);
    expect(() => {
      refuseUnknownRules([stage], rules);
    }).toThrow(
      'exceptions[0].rule: "repository-tag" is not a rule of the policy; write the id of one that npm run policy',
    );
  });

  it.each([
    [{ rule: "Repository Tags", resource: "*", reason: "A test." }, /must be the ID of a rule; write one such as/],
    [
      { rule: "repository-tags", resource: "my repository", reason: "A test." },
      /must be a Terraform address; write one such as/,
    ],
    [{ rule: "repository-tags", resource: "*", reason: "" }, /must not be empty; write a value/],
  ])("is refused when a field is malformed: %j", (exception, message) => {
    expect(() => stageWith({ exceptions: [exception] })).toThrow(message);
  });
});

describe("a rule for production", () => {
  const open = {
    resource: {
      aws_apigatewayv2_route: { orders: { route_key: "GET /orders", authorization_type: "NONE" } },
    },
  };

  it("applies to a production stage of any environment", () => {
    const live = stageWith({ environment: "live", production: true });
    expect(checkStack(live, open, rules).findings).toMatchObject([{ rule: "api-authorization" }]);
  });

  it("does not apply to other stages", () => {
    const prod = stageWith({ environment: "prod", production: false });
    expect(checkStack(prod, open, rules).findings).toEqual([]);
  });
});
