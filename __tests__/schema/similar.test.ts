import { misspelt } from "../../schema/similar";

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
