import { arnLike, like, literal } from "../../iam/wildcard";

describe("wildcards", () => {
  it("match any characters with * and one with ?", () => {
    expect(like("home/*/file.?", "home/a/b/file.c")).toBe(true);
    expect(like("home/*/file.?", "home/a/file.cc")).toBe(false);
    expect(like("a*b*c", "a-b-b-c")).toBe(true);
    expect(like("", "a")).toBe(false);
  });

  it("are case-sensitive", () => {
    expect(like("Home*", "home")).toBe(false);
  });

  it("are ordinary characters in a literal", () => {
    expect(like(`${literal("50*")}/*`, "50*/x")).toBe(true);
    expect(like(`${literal("50*")}/*`, "501/x")).toBe(false);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
describe("wildcards in ARNs", () => {
  it.each(["1/test/object.jpg", "1/2/3/test/4/object.jpg", "1///test///object.jpg", "/test/object.jpg", "1/test/"])(
    'match slashes: "%s"',
    (key) => {
      expect(arnLike("arn:aws:s3:::bucket/*/test/*", `arn:aws:s3:::bucket/${key}`)).toBe(true);
    },
  );

  it.each(["1-test/object.jpg", "test/object.jpg", "1/2/test.jpg"])('match no other object: "%s"', (key) => {
    expect(arnLike("arn:aws:s3:::bucket/*/test/*", `arn:aws:s3:::bucket/${key}`)).toBe(false);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
  it("do not span the parts of an ARN", () => {
    const arn = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
    expect(arnLike("arn:aws:someservice:*:111122223333:finance/*", arn)).toBe(false);
    expect(like("arn:aws:someservice:*:111122223333:finance/*", arn)).toBe(true);
  });

  it("match colons in the last part", () => {
    expect(arnLike("arn:aws:rds:*:*:db:shop-*", "arn:aws:rds:eu-west-1:111122223333:db:shop-dev")).toBe(true);
    expect(arnLike("arn:aws:logs:*:*:*", "arn:aws:logs:eu-west-1:111122223333:log-group:x:log-stream:")).toBe(true);
  });

  it("match the parts that a shorter pattern lacks", () => {
    expect(arnLike("arn:aws:sns:*", "arn:aws:sns:eu-west-1:111122223333:topic")).toBe(true);
    expect(arnLike("arn:aws:sns:eu-west-1", "arn:aws:sns:eu-west-1:111122223333:topic")).toBe(false);
  });

  it("match an action without resources only when they stand alone", () => {
    expect(arnLike("*", "*")).toBe(true);
    expect(arnLike("arn:aws:ec2:*:*:*", "*")).toBe(false);
  });
});
