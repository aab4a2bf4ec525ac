import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

describe("a file system of EFS", () => {
  const code = (input: JsonObject) => refusalOf("elasticfilesystem", "CreateFileSystem", input)?.code;

  it.each<[JsonObject]>([
    [{}],
    [{ ThroughputMode: "elastic", PerformanceMode: "generalPurpose" }],
    [{ ThroughputMode: "bursting", PerformanceMode: "maxIO" }],
    [{ ThroughputMode: "provisioned", ProvisionedThroughputInMibps: 128 }],
  ])("can have %j", (input) => {
    expect(code(input)).toBeUndefined();
  });

  it.each<[JsonObject]>([
    [{ ThroughputMode: "provisioned" }],
    [{ ThroughputMode: "elastic", PerformanceMode: "maxIO" }],
  ])("never has %j", (input) => {
    expect(code(input)).toBe("BadRequest");
  });
});

describe("a lifecycle policy of ECR", () => {
  const code = (selection: JsonObject) =>
    refusalOf("ecr", "PutLifecyclePolicy", {
      lifecyclePolicyText: JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: "expire" } }] }),
    })?.code;

  it("has the tags of tagged images", () => {
    expect(code({ tagStatus: "any" })).toBeUndefined();
    expect(code({ tagStatus: "untagged" })).toBeUndefined();
    expect(code({ tagStatus: "tagged", tagPrefixList: ["v"] })).toBeUndefined();
    expect(code({ tagStatus: "tagged", tagPatternList: ["v*"] })).toBeUndefined();
    expect(code({ tagStatus: "tagged" })).toBe("InvalidParameterException");
  });
});

describe("a table of DynamoDB", () => {
  const keys = (...names: readonly string[]) => names.map((AttributeName) => ({ AttributeName }));
  const code = (input: JsonObject) => refusalOf("dynamodb", "CreateTable", input)?.code;

  it("has two different keys, as its indexes do", () => {
    const index = (...names: readonly string[]) => ({
      KeySchema: keys("id"),
      GlobalSecondaryIndexes: [{ IndexName: "other", KeySchema: keys(...names) }],
    });
    expect(code({ KeySchema: keys("id", "sort") })).toBeUndefined();
    expect(code(index("sort", "id"))).toBeUndefined();
    expect(code({ KeySchema: keys("id", "id") })).toBe("ValidationException");
    expect(code(index("sort", "sort"))).toBe("ValidationException");
  });
});
