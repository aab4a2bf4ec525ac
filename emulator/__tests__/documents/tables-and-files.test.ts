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

  it("counts the days since an image was pushed", () => {
    const since = { tagStatus: "untagged", countType: "sinceImagePushed", countNumber: 7 };
    expect(code({ ...since, countUnit: "days" })).toBeUndefined();
    expect(code(since)).toBe("InvalidParameterException");
  });

  it("has rules in one order, of which that of any image is the last", () => {
    const order = (...rules: readonly (readonly [number, string])[]) =>
      refusalOf("ecr", "PutLifecyclePolicy", {
        lifecyclePolicyText: JSON.stringify({
          rules: rules.map(([rulePriority, tagStatus]) => ({ rulePriority, selection: { tagStatus } })),
        }),
      })?.code;
    expect(order([1, "untagged"], [2, "any"])).toBeUndefined();
    expect(order([2, "any"], [1, "untagged"])).toBeUndefined();
    expect(order([1, "untagged"], [1, "any"])).toBe("InvalidParameterException");
    expect(order([1, "any"], [2, "untagged"])).toBe("InvalidParameterException");
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
