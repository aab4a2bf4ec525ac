import { stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

const withUploads = (fields: object = {}) =>
  new Synthesized(
    stageWith({
      ingress: { ...ingresses["rest-api via nlb"], waf: {}, uploads: { contentTypes: ["image/png"] } },
      data: { uploads: fields },
    }),
  );
const part = (stack: Synthesized, type: string) => stack.resource(`${type}.data_uploads`);

describe("a private bucket", () => {
  const stack = withUploads();

  it("has a name with the stage, the region and the account", () => {
    expect(part(stack, "aws_s3_bucket")?.bucket).toBe("shop-uploads-dev01-us-east-1-111122223333");
  });

  it("blocks public access, and its account owns every object", () => {
    expect(part(stack, "aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(part(stack, "aws_s3_bucket_ownership_controls")).toMatchObject({
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
  });

  it("is encrypted and versioned", () => {
    expect(JSON.stringify(part(stack, "aws_s3_bucket_server_side_encryption_configuration"))).toContain("AES256");
    expect(part(stack, "aws_s3_bucket_versioning")).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
  });

  it("denies every request over plain HTTP or TLS older than 1.2", () => {
    const bucket = "${aws_s3_bucket.data_uploads.arn}";
    const denial = {
      effect: "Deny",
      actions: ["s3:*"],
      resources: [bucket, `${bucket}/*`],
      principals: [{ type: "*", identifiers: ["*"] }],
    };
    expect(stack.json.data.aws_iam_policy_document?.data_uploads_access?.statement).toEqual([
      {
        ...denial,
        sid: "OnlyTls",
        condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
      },
      {
        ...denial,
        sid: "OnlyTls12OrNewer",
        condition: [{ test: "NumericLessThan", variable: "s3:TlsVersion", values: ["1.2"] }],
      },
    ]);
  });

  it("deletes incomplete uploads after 7 days and old versions after 30", () => {
    expect(part(stack, "aws_s3_bucket_lifecycle_configuration")?.rule).toEqual([
      {
        id: "tidy",
        status: "Enabled",
        filter: [{ prefix: "" }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      },
    ]);
  });

  it("keeps its objects, and has no force_destroy, by default", () => {
    expect(part(stack, "aws_s3_bucket")).toMatchObject({ force_destroy: false });
    const short = withUploads({ expirationDays: 7, forceDelete: true });
    expect(part(short, "aws_s3_bucket")).toMatchObject({ force_destroy: true });
    expect(JSON.stringify(part(short, "aws_s3_bucket_lifecycle_configuration"))).toContain('"expiration":[{"days":7}]');
  });

  it("allows other origins only when configured", () => {
    expect(part(stack, "aws_s3_bucket_cors_configuration")).toBeUndefined();
    const shared = withUploads({ corsOrigins: ["https://www.example.com"] });
    expect(part(shared, "aws_s3_bucket_cors_configuration")?.cors_rule).toEqual([
      {
        allowed_methods: ["GET", "HEAD", "PUT"],
        allowed_origins: ["https://www.example.com"],
        allowed_headers: ["*"],
        expose_headers: ["ETag"],
      },
    ]);
  });

  it("receives uploads only after its policies exist", () => {
    expect(stack.resource("aws_api_gateway_deployment.ingress")?.depends_on).toEqual(
      expect.arrayContaining(["aws_s3_bucket_ownership_controls.data_uploads", "aws_s3_bucket_policy.data_uploads"]),
    );
    expect(part(stack, "aws_s3_bucket_policy")?.depends_on).toEqual(["aws_s3_bucket_public_access_block.data_uploads"]);
  });
});
