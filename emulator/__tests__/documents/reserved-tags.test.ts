import { reservedTag } from "../../documents/reserved-tags";

describe("a tag whose key begins with aws:", () => {
  const key = "aws:team";

  it.each([
    ["iam", "CreateRole", { Tags: [{ Key: key, Value: "shop" }] }, "InvalidInput"],
    ["ec2", "CreateTags", { Tags: [{ Key: key, Value: "shop" }] }, "InvalidParameterValue"],
    ["ec2", "CreateVpc", { TagSpecifications: [{ Tags: [{ Key: key }] }] }, "InvalidParameterValue"],
    ["ecs", "CreateCluster", { tags: [{ key, value: "shop" }] }, "InvalidParameterException"],
    ["logs", "CreateLogGroup", { tags: { [key]: "shop" } }, "InvalidParameterException"],
    ["s3", "PutBucketTagging", { Tagging: { TagSet: [{ Key: key, Value: "shop" }] } }, "InvalidTag"],
    ["kms", "TagResource", { Tags: [{ TagKey: key, TagValue: "shop" }] }, "TagException"],
  ])("is refused by %s in %s", (service, operation, input, code) => {
    expect(reservedTag(service, operation, input)?.code).toBe(code);
  });

  it("is refused by its key only", () => {
    expect(reservedTag("iam", "TagRole", { Tags: [{ Key: "team:aws:", Value: "aws:shop" }] })).toBeUndefined();
  });

  it("may be asked for", () => {
    expect(reservedTag("ec2", "DescribeTags", { Tags: [{ Key: key }] })).toBeUndefined();
  });
});
