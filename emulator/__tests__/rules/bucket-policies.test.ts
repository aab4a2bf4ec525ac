import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { emulatorForSuite, refusal } from "../running-emulator";

const Bucket = "own-policies";
const bucket = `arn:aws:s3:::${Bucket}`;
const objects = `${bucket}/*`;

describe("a bucket policy", () => {
  const aws = emulatorForSuite();
  const s3 = () => new S3Client(aws.client());
  const put = (Action: string | readonly string[], Resource: string | readonly string[], Condition?: object) => {
    const Principal = { AWS: "arn:aws:iam::111122223333:root" };
    const Statement = { Effect: "Allow", Principal, Action, Resource, Condition };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    return refusal(s3().send(new PutBucketPolicyCommand({ Bucket, Policy })));
  };

  beforeAll(() => s3().send(new CreateBucketCommand({ Bucket })));

  it("is refused with an action that applies to no resource of it [bucket-policy-resources]", async () => {
    expect(await put("s3:ListBucket", objects)).toBe("MalformedPolicy");
    expect(await put(["s3:GetObject", "s3:ListBucket"], objects)).toBe("MalformedPolicy");
    expect(await put("s3:GetObject", bucket)).toBe("MalformedPolicy");
    expect(await put(["s3:GetObject", "s3:ListBucket"], [bucket, objects])).toBe("");
    expect(await put("s3:ListBucket", bucket)).toBe("");
    expect(await put("s3:GetObject", `${bucket}*`)).toBe("");
    expect(await put("s3:*", objects)).toBe("");
  });

  it("is refused with a condition key that S3 does not have [bucket-policy-condition-key]", async () => {
    const where = (key: string) => put("s3:ListBucket", bucket, { StringEquals: { [key]: "orders/" } });
    expect(await where("s3:prefixes")).toBe("MalformedPolicy");
    for (const key of ["s3:prefix", "S3:Prefix", "s3:ExistingObjectTag/team", "aws:PrincipalTag/team"]) {
      expect(await where(key)).toBe("");
    }
  });
});
