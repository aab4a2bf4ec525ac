import { readCall } from "../../emulator/proxy/call";
import { Routes } from "../../emulator/proxy/route";

const signature = (region: string, service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=x`;

describe("a call", () => {
  it("names service, region and key in its signature", () => {
    const headers = { authorization: signature("eu-west-1", "ecs"), "x-amz-target": "AmazonECS.CreateService" };
    expect(readCall({ method: "POST", url: "/", headers })).toMatchObject({
      service: "ecs",
      region: "eu-west-1",
      accessKeyId: "AKIATEST",
      target: "CreateService",
    });
  });

  it("names them in the query when it is presigned", () => {
    const url = "/bucket/key?X-Amz-Credential=AKIATEST%2F20260101%2Fus-east-1%2Fs3%2Faws4_request";
    expect(readCall({ method: "GET", url, headers: {} })).toMatchObject({ service: "s3", region: "us-east-1" });
  });

  it("names its operation in the path of the RPC protocol", () => {
    const url = "/service/GraniteServiceVersion20100801/operation/PutMetricAlarm";
    expect(readCall({ method: "POST", url, headers: {} }).target).toBe("PutMetricAlarm");
  });

  it("has no service without a signature", () => {
    expect(readCall({ method: "GET", url: "/", headers: {} }).service).toBe("");
  });
});

describe("the routes to the gaps", () => {
  const handler = () => ({ status: 200, headers: {}, body: Buffer.from("") });
  const other = () => ({ status: 201, headers: {}, body: Buffer.from("") });
  const call = (service: string, method: string, url: string) =>
    readCall({ method, url, headers: { authorization: signature("us-east-1", service) } });

  it("lead by operation, within one service", () => {
    const routes = new Routes([{ service: "ecs", handlers: { CreateService: handler } }]);
    expect(routes.find(call("ecs", "POST", "/"), "CreateService")?.handler).toBe(handler);
    expect(routes.find(call("servicediscovery", "POST", "/"), "CreateService")).toBeUndefined();
  });

  it("lead by method and path, and decode what stands in it", () => {
    const routes = new Routes([{ service: "backup", handlers: { "GET /tags/{arn+}": handler } }]);
    const match = routes.find(call("backup", "GET", "/tags/arn%3Aaws%3Abackup/x"), "");
    expect(match?.params.arn).toBe("arn:aws:backup/x");
    expect(routes.find(call("backup", "PUT", "/tags/x"), "")).toBeUndefined();
  });

  it("take one segment for a placeholder, and a slash at the end as none", () => {
    const routes = new Routes([{ service: "s3", handlers: { "PUT /{bucket}": handler } }]);
    expect(routes.find(call("s3", "PUT", "/bucket/"), "")).toBeDefined();
    expect(routes.find(call("s3", "PUT", "/bucket/key"), "")).toBeUndefined();
  });

  it("ask for a name in the query", () => {
    const routes = new Routes([{ service: "s3", handlers: { "PUT /{bucket}?policy": handler } }]);
    expect(routes.find(call("s3", "PUT", "/bucket?policy"), "")).toBeDefined();
    expect(routes.find(call("s3", "PUT", "/bucket?acl"), "")).toBeUndefined();
  });

  it("take the first that fits", () => {
    const handlers = { "GET /restapis/{api}": handler, "GET /{path+}": other };
    const routes = new Routes([{ service: "apigateway", handlers }]);
    expect(routes.find(call("apigateway", "GET", "/restapis/a"), "")?.handler).toBe(handler);
    expect(routes.find(call("apigateway", "GET", "/restapis/a/stages"), "")?.handler).toBe(other);
  });
});
