import { contextOf, isConditionOperator, isMet, replaceVariables } from "../../iam/conditions";

type Values = Parameters<typeof contextOf>[0];

const met = (operator: string, key: string, values: string | string[], context: Values) =>
  isMet({ operator, key, values: [values].flat() }, contextOf(context), "2012-10-17");

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
describe("condition operators", () => {
  it.each([
    ["StringEquals", "a", "a", true],
    ["StringEquals", "a", "A", false],
    ["StringEquals", "a*", "ab", false],
    ["StringNotEquals", "a", "b", true],
    ["StringEqualsIgnoreCase", "a", "A", true],
    ["StringNotEqualsIgnoreCase", "a", "A", false],
    ["StringLike", "home/*", "home/x", true],
    ["StringNotLike", "home/*", "home/x", false],
    ["NumericEquals", "10", "10.0", true],
    ["NumericNotEquals", "10", "11", true],
    ["NumericLessThan", "10", "9", true],
    ["NumericLessThan", "10", "10", false],
    ["NumericLessThanEquals", "10", "10", true],
    ["NumericGreaterThan", "9", "10", true],
    ["NumericGreaterThanEquals", "10", "9", false],
    ["DateGreaterThan", "2020-01-01T00:00:01Z", "2026-01-01T00:00:00Z", true],
    ["DateLessThan", "2020-01-01T00:00:01Z", "2026-01-01T00:00:00Z", false],
    ["DateEquals", "1577836801", "2020-01-01T00:00:01Z", true],
    ["DateNotEquals", "2020-01-01", "2020-01-02", true],
    ["DateLessThanEquals", "2020-01-01", "2020-01-01", true],
    ["DateGreaterThanEquals", "2020-01-02", "2020-01-01", false],
    ["Bool", "true", "true", true],
    ["Bool", "false", "true", false],
    ["BinaryEquals", "QmluYXJ5", "QmluYXJ5", true],
    ["IpAddress", "203.0.113.0/24", "203.0.113.7", true],
    ["IpAddress", "203.0.113.0/24", "203.0.114.7", false],
    ["IpAddress", "203.0.113.7", "203.0.113.8", false],
    ["IpAddress", "2001:DB8:1234:5678::/64", "2001:db8:1234:5678::1", true],
    ["NotIpAddress", "203.0.113.0/24", "198.51.100.1", true],
    ["ArnEquals", "arn:aws:sns:*:1:t*", "arn:aws:sns:eu-west-1:1:topic", true],
    ["ArnLike", "arn:aws:sns:*:1:t*", "arn:aws:sns:eu-west-1:2:topic", false],
    ["ArnNotEquals", "arn:aws:sns:*:1:t", "arn:aws:sns:eu-west-1:2:t", true],
    ["ArnNotLike", "arn:aws:sns:*:1:t", "arn:aws:sns:eu-west-1:1:t", false],
  ])("%s %s for %s is %s", (operator, value, actual, expected) => {
    expect(met(operator, "x:key", value, { "x:key": actual })).toBe(expected);
  });

  it("compare a key with any of several values", () => {
    expect(met("StringEquals", "x:key", ["a", "b"], { "x:key": "b" })).toBe(true);
  });

  it("match a negated key only if it equals none of the values", () => {
    expect(met("StringNotEquals", "x:key", ["a", "b"], { "x:key": "b" })).toBe(false);
  });

  it("match a negated key of several values only if none of them equals", () => {
    expect(met("StringNotEquals", "x:key", "a", { "x:key": ["a", "b"] })).toBe(false);
    expect(met("StringNotEquals", "x:key", "c", { "x:key": ["a", "b"] })).toBe(true);
  });

  it("find a key whatever its case is", () => {
    expect(met("StringEquals", "AWS:requestedregion", "eu-west-1", { "aws:RequestedRegion": "eu-west-1" })).toBe(true);
  });

  it("are not met without the key, unless they are negated", () => {
    expect(met("StringEquals", "x:key", "a", {})).toBe(false);
    expect(met("StringNotEquals", "x:key", "a", {})).toBe(true);
    expect(met("ArnNotLike", "x:key", "arn:*", {})).toBe(true);
  });

  it("with IfExists are met without the key, and compare the key if it exists", () => {
    expect(met("StringLikeIfExists", "ec2:InstanceType", "t2.*", {})).toBe(true);
    expect(met("StringLikeIfExists", "ec2:InstanceType", "t2.*", { "ec2:InstanceType": "m3.large" })).toBe(false);
  });

  it("check with Null whether the key exists", () => {
    expect(met("Null", "aws:TokenIssueTime", "true", {})).toBe(true);
    expect(met("Null", "aws:TokenIssueTime", "true", { "aws:TokenIssueTime": "2026-01-01" })).toBe(false);
    expect(met("Null", "aws:TokenIssueTime", "false", { "aws:TokenIssueTime": "2026-01-01" })).toBe(true);
  });

  it("are known by name, with prefix and suffix", () => {
    expect(["ForAnyValue:StringLike", "BoolIfExists", "Null"].every(isConditionOperator)).toBe(true);
    expect(["StringEqual", "ForSomeValues:StringLike", "NullIfExists", "toString"].some(isConditionOperator)).toBe(
      false,
    );
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
describe("set operators", () => {
  const allowed = ["ID", "Message", "Tags"];

  it("ForAllValues requires that every value of the request matches", () => {
    const all = (attributes: string[]) =>
      met("ForAllValues:StringEquals", "dynamodb:Attributes", allowed, { "dynamodb:Attributes": attributes });
    expect(all(["ID", "Tags"])).toBe(true);
    expect(all(["ID", "UserName"])).toBe(false);
  });

  it("ForAllValues is met without the key", () => {
    expect(met("ForAllValues:StringEquals", "aws:TagKeys", "a", {})).toBe(true);
  });

  it("ForAnyValue requires that one value of the request matches", () => {
    const any = (keys: string[]) => met("ForAnyValue:StringEquals", "aws:TagKeys", "env", { "aws:TagKeys": keys });
    expect(any(["env", "cost"])).toBe(true);
    expect(any(["cost"])).toBe(false);
  });

  it("ForAnyValue is not met without the key, even if the operator is negated", () => {
    expect(met("ForAnyValue:StringNotEquals", "aws:TagKeys", "a", {})).toBe(false);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
describe("policy variables", () => {
  const context = contextOf({ "aws:username": "anna", "aws:PrincipalTag/team": "yellow" });
  const replace = (value: string, version = "2012-10-17") => replaceVariables(value, context, version);

  it("are replaced by values of the request, whatever their case is", () => {
    expect(replace("home/${aws:username}/${AWS:principaltag/Team}")).toBe("home/anna/yellow");
  });

  it("have no value without the key, unless a default value is given", () => {
    expect(replace("bucket-${aws:PrincipalTag/cost}")).toBeUndefined();
    expect(replace("bucket-${aws:PrincipalTag/cost, 'company-wide'}")).toBe("bucket-company-wide");
    expect(replace("bucket-${aws:PrincipalTag/team, 'company-wide'}")).toBe("bucket-yellow");
  });

  it("are plain text in policies of the older version", () => {
    expect(replace("${aws:username}", "2008-10-17")).toBe("${aws:username}");
  });

  it("write wildcards as ordinary characters", () => {
    expect(met("StringLike", "s3:prefix", "a${*}b", { "s3:prefix": "a*b" })).toBe(true);
    expect(met("StringLike", "s3:prefix", "a${*}b", { "s3:prefix": "axb" })).toBe(false);
    expect(met("StringEquals", "s3:prefix", "a${?}${$}", { "s3:prefix": "a?$" })).toBe(true);
  });

  it("do not match when they have no value, and negated operators do", () => {
    const values = { "s3:ExistingObjectTag/Team": "yellow" };
    expect(met("StringEquals", "s3:ExistingObjectTag/Team", "${aws:PrincipalTag/Team}", values)).toBe(false);
    expect(met("StringNotEquals", "s3:ExistingObjectTag/Team", "${aws:PrincipalTag/Team}", values)).toBe(true);
  });
});
