import { readCall } from "../../proxy/call";
import { Routes } from "../../proxy/gap";

describe("the routes to the gaps", () => {
  const handler = () => ({ status: 200, headers: {}, body: Buffer.from("") });
  const other = () => ({ status: 201, headers: {}, body: Buffer.from("") });
  const call = (service: string, method: string, url: string) => {
    const scope = `AKIATEST/20260101/us-east-1/${service}/aws4_request`;
    return readCall({ method, url, headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}` } });
  };

  it("match the operation of one service", () => {
    const routes = new Routes([{ service: "ecs", handlers: { CreateService: handler } }]);
    expect(routes.find(call("ecs", "POST", "/"), "CreateService")?.handler).toBe(handler);
    expect(routes.find(call("servicediscovery", "POST", "/"), "CreateService")).toBeUndefined();
  });

  it("match method and path, and decode the placeholders", () => {
    const routes = new Routes([{ service: "backup", handlers: { "GET /tags/{arn+}": handler } }]);
    const match = routes.find(call("backup", "GET", "/tags/arn%3Aaws%3Abackup/x"), "");
    expect(match?.params.arn).toBe("arn:aws:backup/x");
    expect(routes.find(call("backup", "PUT", "/tags/x"), "")).toBeUndefined();
  });

  it("match one segment with a placeholder, and ignore a slash at the end", () => {
    const routes = new Routes([{ service: "s3", handlers: { "PUT /{bucket}": handler } }]);
    expect(routes.find(call("s3", "PUT", "/bucket/"), "")).toBeDefined();
    expect(routes.find(call("s3", "PUT", "/bucket/key"), "")).toBeUndefined();
  });

  it("match a parameter of the query", () => {
    const routes = new Routes([{ service: "s3", handlers: { "PUT /{bucket}?policy": handler } }]);
    expect(routes.find(call("s3", "PUT", "/bucket?policy"), "")).toBeDefined();
    expect(routes.find(call("s3", "PUT", "/bucket?acl"), "")).toBeUndefined();
  });

  it("return the first route that matches", () => {
    const handlers = { "GET /restapis/{api}": handler, "GET /{path+}": other };
    const routes = new Routes([{ service: "apigateway", handlers }]);
    expect(routes.find(call("apigateway", "GET", "/restapis/a"), "")?.handler).toBe(handler);
    expect(routes.find(call("apigateway", "GET", "/restapis/a/stages"), "")?.handler).toBe(other);
  });
});
