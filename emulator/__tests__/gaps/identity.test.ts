import { fakeAwsForEachTest, xml } from "../fake-aws";

describe("the gaps of identity services", () => {
  const aws = fakeAwsForEachTest();

  describe("Cognito", () => {
    it("deletes a resource server", async () => {
      const server = { UserPoolId: "pool", Identifier: "items" };
      await aws.json("cognito-idp", "CreateResourceServer", { ...server, Name: "items" });
      expect(await aws.json("cognito-idp", "DescribeResourceServer", server)).toMatchObject({
        ResourceServer: { Name: "items" },
      });
      await aws.json("cognito-idp", "DeleteResourceServer", server);
      expect(await aws.json("cognito-idp", "DescribeResourceServer", server)).toMatchObject({
        __type: "ResourceNotFoundException",
      });
    });
  });

  describe("STS", () => {
    it("sends the calls of an assumed role to the account of the role", async () => {
      aws.reply = xml(
        "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIATEST</AccessKeyId></Credentials></AssumeRoleResult></AssumeRoleResponse>",
      );
      await aws.query("sts", { Action: "AssumeRole", RoleArn: "arn:aws:iam::444455556666:role/deploy" });
      await aws.jsonResponse("dynamodb", "ListTables", {});
      expect(aws.received.at(-1)?.headers["x-moto-account-id"]).toBe("444455556666");
    });
  });
});
