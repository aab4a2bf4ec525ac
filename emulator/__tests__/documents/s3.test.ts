import { refusalOf } from "./refusal";

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
