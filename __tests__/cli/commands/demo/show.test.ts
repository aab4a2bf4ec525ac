import { outputSummary, resourceSummary, showExchanges } from "../../../../cli/commands/demo/show";

const resource = (service: string, type: string, name: string) => ({
  service,
  type,
  name,
  region: "us-east-1",
  account: "111122223333",
});

test("resources are counted by type, in the part of the stage that their service belongs to", () => {
  const resources = [
    resource("ecs", "Service", "a"),
    resource("ec2", "VPC", "b"),
    resource("ec2", "Subnet", "c"),
    resource("ec2", "Subnet", "d"),
  ];
  expect([...resourceSummary(resources)]).toEqual([
    ["network", "2 × Subnet, VPC"],
    ["compute", "Service"],
  ]);
});

test("types of the same name in two parts are counted separately", () => {
  const resources = [resource("apigateway", "Stage", "a"), resource("ecs", "Stage", "b")];
  expect([...resourceSummary(resources).values()]).toEqual(["Stage", "Stage"]);
});

test("a service that no part has is not lost", () => {
  expect([...resourceSummary([resource("xray", "Group", "a")])]).toEqual([["other", "Group"]]);
});

test("the URL is the first output, and of those after the fourth the names are shown", () => {
  const names = ["a", "b", "orders_repository_url", "cluster_name", "c", "orders_service_name", "api_url", "d"];
  expect([...outputSummary(new Map(names.map((name) => [name, `value of ${name}`])))]).toEqual([
    ["api_url", "value of api_url"],
    ["cluster_name", "value of cluster_name"],
    ["orders_service_name", "value of orders_service_name"],
    ["orders_repository_url", "value of orders_repository_url"],
    ["and 4 more", "a, b, c, d"],
  ]);
});

test("requests and their answers fit in the columns of a log", () => {
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  const request = "GET /test/{test_id} with a token";
  showExchanges([{ request, status: 200, answer: "x".repeat(200), path: ["http-api:1", "service:orders"] }]);
  const lines = write.mock.calls.flatMap(([text]) => String(text).split("\n")).filter(Boolean);
  write.mockRestore();
  expect(lines[0]).toMatch(/^ {2}GET \/test\/\{test_id\} with a token {2}200 {2}x+\.\.\.$/);
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(lines[1]).toMatch(/^ {2}through +http-api, service$/);
});
