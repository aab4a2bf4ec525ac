import type { JsonObject } from "../../../wire/json";
import { refusalOf } from "../refusal";

describe("a bucket name", () => {
  const code = (Bucket: string) => refusalOf("s3", "CreateBucket", { Bucket })?.code;

  it.each(["shop-uploads-dev01", "a.b.c", "123", "a".repeat(63)])("can be %s", (name) => {
    expect(code(name)).toBeUndefined();
  });

  it.each([
    "Shop",
    "ab",
    "a".repeat(64),
    "a..b",
    "-shop",
    "shop-",
    "a_b",
    "192.168.5.4",
    "xn--shop",
    "sthree-shop",
    "shop-s3alias",
    "shop--ol-s3",
  ])("is never %s", (name) => {
    expect(code(name)).toBe("InvalidBucketName");
  });
});

describe("the access control list of a new bucket", () => {
  const code = (input: JsonObject) => refusalOf("s3", "CreateBucket", { Bucket: "shop", ...input })?.code;

  it("can be the private one, and another where objects have owners", () => {
    expect(code({ ACL: "private" })).toBeUndefined();
    expect(code({ ACL: "public-read", ObjectOwnership: "ObjectWriter" })).toBeUndefined();
  });

  it("is refused where the bucket's owner owns all objects", () => {
    expect(code({ ACL: "public-read" })).toBe("InvalidBucketAclWithObjectOwnership");
  });
});

describe("the default encryption of a bucket", () => {
  const code = (rule: JsonObject) =>
    refusalOf("s3", "PutBucketEncryption", {
      ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: rule }] },
    })?.code;

  it("has a key with KMS", () => {
    expect(code({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: "alias/shop" })).toBeUndefined();
    expect(code({ SSEAlgorithm: "AES256" })).toBeUndefined();
  });

  it("has none without KMS", () => {
    expect(code({ SSEAlgorithm: "AES256", KMSMasterKeyID: "alias/shop" })).toBe("InvalidArgument");
  });
});

describe("the acceleration of a bucket", () => {
  it("is refused where the bucket's name has periods", () => {
    const accelerate = (Bucket: string) => refusalOf("s3", "PutBucketAccelerateConfiguration", { Bucket });
    expect(accelerate("shop-uploads")).toBeUndefined();
    expect(accelerate("shop.uploads")).toEqual({
      code: "InvalidRequest",
      message: "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
    });
  });
});

describe("a website", () => {
  const code = (WebsiteConfiguration: JsonObject) =>
    refusalOf("s3", "PutBucketWebsite", { WebsiteConfiguration })?.code;

  it("has an index document, or redirects all requests", () => {
    expect(code({ IndexDocument: { Suffix: "index.html" } })).toBeUndefined();
    expect(code({ RedirectAllRequestsTo: { HostName: "example.com" } })).toBeUndefined();
  });

  it("is refused without one, and with one that has a slash", () => {
    expect(code({ ErrorDocument: { Key: "error.html" } })).toBe("InvalidArgument");
    expect(code({ IndexDocument: { Suffix: "a/index.html" } })).toBe("InvalidArgument");
  });

  it("that redirects all requests has nothing else", () => {
    const RedirectAllRequestsTo = { HostName: "example.com" };
    expect(code({ RedirectAllRequestsTo, IndexDocument: { Suffix: "index.html" } })).toBe("InvalidArgument");
    expect(code({ RedirectAllRequestsTo, ErrorDocument: { Key: "error.html" } })).toBe("InvalidArgument");
  });
});

describe("a CORS rule", () => {
  const code = (rule: JsonObject) =>
    refusalOf("s3", "PutBucketCors", {
      CORSConfiguration: { CORSRules: [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"], ...rule }] },
    })?.code;

  it("has one wildcard in an origin and in a header", () => {
    expect(code({ AllowedOrigins: ["https://*.example.com"], AllowedHeaders: ["x-amz-*"] })).toBeUndefined();
  });

  it.each<JsonObject>([
    { AllowedOrigins: ["https://*.example.*"] },
    { AllowedHeaders: ["*-amz-*"] },
    { ExposeHeaders: ["x-amz-*"] },
  ])("is refused with %j", (rule) => {
    expect(code(rule)).toBe("InvalidRequest");
  });
});
