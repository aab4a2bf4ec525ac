import { ConfigError } from "../../schema";
import { checkStage } from "../../policy/check-stack";
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
const excused = (rule: string, resource: string) =>
  checkStage(stageWith({ exceptions: [{ rule, resource, reason: "A test." }] }), repositories, rules).map(
    (finding) => `${finding.rule} ${finding.resource}`,
  );

describe("an exception", () => {
  it("excuses the resource that it names, and no other", () => {
    expect(excused("repository-tags", "aws_ecr_repository.services_orders")).toEqual([
      "repository-tags aws_ecr_repository.services_users",
    ]);
  });

  it("excuses all that its pattern matches", () => {
    expect(excused("repository-tags", "aws_ecr_repository.*")).toEqual([]);
  });

  it("takes a dot for a dot", () => {
    expect(excused("repository-tags", "aws_ecr_repository_services_*")).toHaveLength(3);
  });

  it("is a finding itself once it excuses nothing", () => {
    const stage = stageWith({
      exceptions: [
        { rule: "repository-tags", resource: "*", reason: "A test." },
        { rule: "repository-scan", resource: "aws_ecr_repository.services_orders", reason: "A test." },
      ],
    });
    expect(checkStage(stage, repositories, rules)).toEqual([
      {
        rule: "exception-in-use",
        severity: "low",
        stack: "dev01-us-east-1",
        file: "config/dev/dev01/us-east-1-dev01.ts",
        resource: "exceptions[1]",
        message: "excuses nothing: no aws_ecr_repository.services_orders breaks repository-scan; remove it",
        source: "schema/exceptions.ts",
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
    }).toThrow('exceptions[0].rule: "repository-tag" is no rule of the policy; write one that npm run policy');
  });

  it.each([
    [{ rule: "Repository Tags", resource: "*", reason: "A test." }, /must be the ID of a rule; write one such as/],
    [
      { rule: "repository-tags", resource: "my repository", reason: "A test." },
      /must be a Terraform address; write one such as/,
    ],
    [{ rule: "repository-tags", resource: "*", reason: "" }, /must not be empty; write a value/],
  ])("is refused by its form: %j", (exception, message) => {
    expect(() => stageWith({ exceptions: [exception] })).toThrow(message);
  });
});

describe("a rule of production", () => {
  const open = (environment: string) => ({
    provider: { aws: [{ default_tags: [{ tags: { environment } }] }] },
    resource: {
      aws_apigatewayv2_route: { orders: { route_key: "GET /orders", authorization_type: "NONE" } },
    },
  });

  it("holds in production", () => {
    expect(checkStage(stageWith(), open("prod"), rules)).toMatchObject([{ rule: "api-authorization" }]);
  });

  it("holds nowhere else", () => {
    expect(checkStage(stageWith(), open("dev"), rules)).toEqual([]);
  });
});
