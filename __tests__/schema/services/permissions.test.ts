import { actionsWithoutResource } from "../../../schema/services/permission";
import { problems, web } from "../../fixtures/problems";

const identity = "arn:aws:ses:us-east-1:111122223333:identity/example.com";
const mail = { actions: ["ses:SendEmail"], resources: [identity] };
const permitted = (fields: object) => web({ permissions: [{ ...mail, ...fields }] });

describe("a permission", () => {
  it.each<[string, object]>([
    ["an action on a resource", {}],
    [
      "several actions on several resources",
      { actions: ["ses:SendEmail", "ses:SendRawEmail"], resources: [identity, `${identity}.au`] },
    ],
    ["objects below a path", { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop-files/in/*"] }],
    ["a condition", { conditions: [{ test: "StringEquals", variable: "ses:FromAddress", values: ["a@example.com"] }] }],
  ])("may be %s", (_, fields) => {
    expect(problems(permitted(fields))).toBe("");
  });

  it.each(actionsWithoutResource)("may be %s on all resources", (action) => {
    expect(problems(permitted({ actions: [action], resources: ["*"] }))).toBe("");
  });

  it.each<[string, object, RegExp]>([
    ["an empty list of actions", { actions: [] }, /permissions\[0\].actions: \[\] must not be empty; write an action/],
    [
      "an empty list of resources",
      { resources: [] },
      /permissions\[0\].resources: \[\] must not be empty; write an ARN/,
    ],
    ["every action", { actions: ["*"] }, /actions\[0\]: "\*" must be an IAM action; write one .* without wildcards/],
    ["every action of a service", { actions: ["ses:*"] }, /actions\[0\]: "ses:\*" must be an IAM action/],
    ["some actions of a service", { actions: ["s3:Get*"] }, /actions\[0\]: "s3:Get\*" must be an IAM action/],
    [
      'resources "*"',
      { resources: ["*"] },
      /permissions\[0\].resources: \["\*"\] must not match all resources; write the ARNs that the service needs/,
    ],
    [
      "the ARN of all resources of an AWS service",
      { resources: [identity, "arn:aws:s3:::*"] },
      /permissions\[0\].resources: .* must not match all resources; write the ARNs that the service needs/,
    ],
    [
      'resources "*" where one of the actions supports resources',
      { actions: ["ses:SendEmail", "cloudwatch:PutMetricData"], resources: ["*"] },
      /permissions\[0\].resources: \["\*"\] must not match all resources; write the ARNs that the service needs/,
    ],
    [
      "a host name as resource",
      { resources: ["example.com"] },
      /resources\[0\]: "example.com" must be an ARN; write one such as/,
    ],
    [
      "a condition without values",
      { conditions: [{ test: "StringEquals", variable: "aws:SourceVpc", values: [] }] },
      /conditions\[0\].values: \[\] must not be empty; write a value/,
    ],
    [
      "a field that does not exist",
      { effect: "Allow" },
      /permissions\[0\].effect: "Allow" is not a field of a stage file; remove/,
    ],
  ])("is never %s", (_, fields, message) => {
    expect(problems(permitted(fields))).toMatch(message);
  });
});
