import { z } from "zod";
import { sarif } from "../../../../cli/commands/policy/formats";
import { report } from "./example-report";

// The schema of SARIF for the properties of the report: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json
const message = z.strictObject({ text: z.string().min(1) });
const level = z.enum(["none", "note", "warning", "error"]);
const rule = z.strictObject({
  id: z.string().min(1),
  shortDescription: message,
  help: message,
  helpUri: z.url().optional(),
  defaultConfiguration: z.strictObject({ level }),
  properties: z.strictObject({ tags: z.array(z.string()), "security-severity": z.string().regex(/^\d+\.\d$/) }),
});
const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: z.string().regex(/^config\/[\w/-]+\.ts$/) }),
    region: z.strictObject({ startLine: z.int().min(1) }),
  }),
  logicalLocations: z.array(
    z.strictObject({ name: z.string(), fullyQualifiedName: z.string(), kind: z.literal("resource") }),
  ),
});
const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(0),
  level,
  message,
  locations: z.array(location).min(1),
  partialFingerprints: z.record(z.string(), z.string()),
});
const log = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({ name: z.string(), version: z.string(), rules: z.array(rule).min(1) }),
        }),
        results: z.array(result),
      }),
    )
    .length(1),
});

const [run] = log.parse(JSON.parse(sarif(report))).runs;

describe("SARIF", () => {
  it("contains every finding, with the level of its severity", () => {
    expect(run?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ["public-ports", "error"],
      ["public-ports", "error"],
      ["exception-in-use", "note"],
    ]);
  });

  it("describes every rule once, and refers to it by index", () => {
    const rules = run?.tool.driver.rules.map(({ id }) => id) ?? [];
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(rules[ruleIndex]).toBe(ruleId);
    expect(new Set(rules).size).toBe(rules.length);
  });

  it("identifies every finding, and locates it in the stage file", () => {
    const results = run?.results ?? [];
    expect(new Set(results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))).size).toBe(3);
    expect(results[0]?.locations[0]?.logicalLocations[0]?.fullyQualifiedName).toBe(
      "dev02-us-east-1/aws_vpc_security_group_ingress_rule.ssh",
    );
  });

  it("has no result without a finding", () => {
    const [clean] = log.parse(JSON.parse(sarif({ ...report, findings: [] }))).runs;
    expect(clean?.results).toEqual([]);
  });
});
