import { PutParameterCommand, SSMClient, type PutParameterCommandInput } from "@aws-sdk/client-ssm";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("Parameter Store", () => {
  const aws = emulatorForSuite();
  const put = (Name: string, settings: Partial<PutParameterCommandInput> = {}) =>
    new SSMClient(aws.client()).send(new PutParameterCommand({ Name, Value: "own", Type: "String", ...settings }));

  it("refuses a parameter that exists unless it is overwritten [parameter-exists]", async () => {
    await put("/taken");
    expect(await refusal(put("/taken"))).toBe("ParameterAlreadyExists");
    expect(await refusal(put("/taken", { Overwrite: true }))).toBe("");
  });

  it("refuses a name with a slash that does not begin with one [parameter-name-qualified]", async () => {
    expect(await refusal(put("own/name"))).toBe("ValidationException");
    expect(await refusal(put("/own/name"))).toBe("");
    expect(await refusal(put("own-name"))).toBe("");
  });

  it("refuses other characters, and empty parts of a name [parameter-name-form]", async () => {
    for (const name of ["/own/a b", "/own//a", "/own/a/"]) {
      expect(await refusal(put(name))).toBe("ValidationException");
    }
    expect(await refusal(put("/own/A.b_c-1"))).toBe("");
  });

  it("refuses a name of more than 15 levels [parameter-hierarchy]", async () => {
    const levels = (count: number) => "/a".repeat(count);
    expect(await refusal(put(levels(16)))).toBe("HierarchyLevelLimitExceededException");
    expect(await refusal(put(levels(15)))).toBe("");
  });

  it("refuses a key that does not exist [parameter-key]", async () => {
    const secure = (KeyId?: string) => put(`/secure/${String(KeyId?.length)}`, { Type: "SecureString", KeyId });
    expect(await refusal(secure("alias/unknown"))).toBe("InvalidKeyId");
    expect(await refusal(secure("alias/aws/ssm"))).toBe("");
    expect(await refusal(secure())).toBe("");
  });

  it("refuses a value that is too long for its tier [parameter-size]", async () => {
    expect(await refusal(put("/size", { Value: "x".repeat(4097) }))).toBe("ValidationException");
    expect(await refusal(put("/size", { Value: "x".repeat(4096) }))).toBe("");
    const Tier = "Advanced";
    expect(await refusal(put("/advanced", { Value: "x".repeat(8193), Tier }))).toBe("ValidationException");
    expect(await refusal(put("/advanced", { Value: "x".repeat(8192), Tier }))).toBe("");
  });

  it("refuses to return to the standard tier [parameter-tier-downgrade]", async () => {
    await put("/tier", { Tier: "Advanced" });
    expect(await refusal(put("/tier", { Tier: "Standard", Overwrite: true }))).toBe("ValidationException");
    expect(await refusal(put("/tier", { Tier: "Advanced", Overwrite: true }))).toBe("");
  });

  it("refuses a value that does not match its pattern [parameter-pattern]", async () => {
    const AllowedPattern = "^\\d+$";
    expect(await refusal(put("/pattern", { AllowedPattern }))).toBe("ParameterPatternMismatchException");
    expect(await refusal(put("/pattern", { AllowedPattern, Value: "42" }))).toBe("");
  });

  it("refuses a value with another parameter [parameter-nested]", async () => {
    expect(await refusal(put("/nested", { Value: "{{ssm:/other}}" }))).toBe("ValidationException");
    expect(await refusal(put("/nested", { Value: '{"a":{"b":1}}' }))).toBe("");
  });

  it("refuses policies of a parameter of the standard tier [parameter-policies-tier]", async () => {
    const Policies = JSON.stringify([
      { Type: "NoChangeNotification", Version: "1.0", Attributes: { After: "20", Unit: "Days" } },
    ]);
    expect(await refusal(put("/policies", { Policies, Tier: "Standard" }))).toBe("ValidationException");
    expect(await refusal(put("/policies", { Policies: "[]", Tier: "Standard" }))).toBe("");
    expect(await refusal(put("/policies-advanced", { Policies, Tier: "Advanced" }))).toBe("");
  });
});
