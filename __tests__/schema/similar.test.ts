import { misspelt, unknownName } from "../../schema/similar";

describe("a misspelt name", () => {
  it.each([
    ["netwrok", "network"],
    ["tgas", "tags"],
    ["accountID", "accountId"],
    ["memoryMib", "memoryMiB"],
    ["services1", "services"],
  ])("%s is recognized", (name, meant) => {
    expect(misspelt(name, ["owner", meant, "region"])).toBe(meant);
  });

  it.each([
    ["stages", "tags"],
    ["host", "port"],
    ["vpc", "network"],
    ["cpuPercentage", "size"],
  ])("%s is not %s", (name, candidate) => {
    expect(misspelt(name, [candidate])).toBeUndefined();
  });
});

describe("an unknown name", () => {
  const known = ["dev02-us-east-1", "prod01-us-east-1"];

  it.each([
    ["prod01-us-east1", "prod01-us-east-1"],
    ["prod1", "prod01-us-east-1"],
    ["prod01", "prod01-us-east-1"],
  ])("%s may mean %s", (name, meant) => {
    expect(unknownName("stack", name, known)).toBe(
      `there is no stack "${name}"; choose one of ${known.join(", ")}; did you mean ${meant}?`,
    );
  });

  it.each(["nope", "x", "staging-us-east-1"])("%s means none of those that are too different", (name) => {
    expect(unknownName("stack", name, known)).toBe(`there is no stack "${name}"; choose one of ${known.join(", ")}`);
  });
});
