import { listAll } from "../../network/ask";
import type { JsonObject } from "../../wire/json";

/** Items of an operation with two pages, whose output has other members beside the position of the next page. */
function pages(returned: string, expected: string, echo: (input: JsonObject) => JsonObject = () => ({})) {
  const ask = (_service: string, _operation: string, input: JsonObject) => {
    const isLast = input[expected] === "two";
    const page: JsonObject = isLast ? { Items: ["b"] } : { Items: ["a"], [returned]: "two" };
    return Promise.resolve({ ...echo(input), ...page });
  };
  return listAll(ask, "any", "ListThings", "Items", { Owner: "self" });
}

describe("all items of an operation", () => {
  it.each([
    ["EC2", "NextToken", "NextToken"],
    ["ECS", "nextToken", "nextToken"],
    ["Elastic Load Balancing", "NextMarker", "Marker"],
    ["RDS", "Marker", "Marker"],
    ["API Gateway", "position", "position"],
  ])("are those of every page, with the names of %s", async (_, returned, expected) => {
    expect(await pages(returned, expected)).toEqual(["a", "b"]);
  });

  it("end on the last page of EFS, which returns the position that it was sent", async () => {
    expect(await pages("NextMarker", "Marker", ({ Marker }) => ({ Marker }))).toEqual(["a", "b"]);
  });

  it("are those of three pages of RDS", async () => {
    const next = new Map<unknown, string>([
      [undefined, "second"],
      ["second", "third"],
    ]);
    const ask = (_service: string, _operation: string, { Marker }: JsonObject) =>
      Promise.resolve({ Items: [Marker ?? "first"], Marker: next.get(Marker) });
    expect(await listAll(ask, "rds", "DescribeDBInstances", "Items")).toEqual(["first", "second", "third"]);
  });

  it("are none when the member is missing", async () => {
    expect(await listAll(() => Promise.resolve({}), "ec2", "DescribeVpcs", "Vpcs")).toEqual([]);
  });
});
