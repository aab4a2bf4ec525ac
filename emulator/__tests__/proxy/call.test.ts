import { awsRequest, internalRequest, readCall } from "../../proxy/call";
import { Callers } from "../../proxy/callers";

const signature = (region: string, service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=x`;

describe("reading a call", () => {
  it("takes service, region and access key from the signature", () => {
    const headers = { authorization: signature("eu-west-1", "ecs"), "x-amz-target": "AmazonECS.CreateService" };
    expect(readCall({ method: "POST", url: "/", headers })).toMatchObject({
      service: "ecs",
      region: "eu-west-1",
      accessKeyId: "AKIATEST",
      target: "CreateService",
    });
  });

  it("takes them from the query of a presigned URL", () => {
    const url = "/bucket/key?X-Amz-Credential=AKIATEST%2F20260101%2Fus-east-1%2Fs3%2Faws4_request";
    expect(readCall({ method: "GET", url, headers: {} })).toMatchObject({ service: "s3", region: "us-east-1" });
  });

  it("takes the operation from the path in the RPC protocol", () => {
    const url = "/service/GraniteServiceVersion20100801/operation/PutMetricAlarm";
    expect(readCall({ method: "POST", url, headers: {} }).target).toBe("PutMetricAlarm");
  });

  it("takes the operation from the form in the Query protocol", () => {
    const headers = {
      authorization: signature("us-east-1", "iam"),
      "content-type": "application/x-www-form-urlencoded",
    };
    const call = readCall({ method: "POST", url: "/", headers });
    const request = awsRequest(call, new Callers("111122223333").of(""), Buffer.from("Action=GetRole&RoleName=app"));
    expect(request.operation).toBe("GetRole");
    expect(request.form.get("RoleName")).toBe("app");
  });

  it("has no service without a signature", () => {
    expect(readCall({ method: "GET", url: "/", headers: {} }).service).toBe("");
  });

  it("reads an internal call like one that an SDK signed", () => {
    const request = internalRequest({
      service: "backup",
      account: "111122223333",
      region: "us-east-1",
      path: "/tags?a=b",
    });
    expect(request).toMatchObject({
      service: "backup",
      account: "111122223333",
      region: "us-east-1",
      operation: "GET /tags",
    });
    expect(request.query.get("a")).toBe("b");
  });
});

describe("the account of an access key", () => {
  it("is the default account, or that of the role to which the key was assigned", () => {
    const callers = new Callers("111122223333");
    const session = { account: "444455556666", arn: "arn:aws:sts::444455556666:assumed-role/deploy/ci" };
    callers.assign("ASIAROLE", session);
    expect(callers.of("AKIATEST").account).toBe("111122223333");
    expect(callers.of("ASIAROLE")).toEqual(session);
    callers.clear();
    expect(callers.of("ASIAROLE").account).toBe("111122223333");
  });
});
