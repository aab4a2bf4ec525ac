import { protections } from "../../../../cli/commands/pipeline/protection";
import type { StageInput } from "../../../../schema";
import { stageWith } from "../../../fixtures/stage";

const shortLived = { allowDataLoss: true, images: { forceDelete: true } } satisfies Partial<StageInput>;
const postgres = {
  kind: "instance",
  instanceClass: "db.t4g.micro",
  storage: { allocatedGiB: 20, maximumGiB: 50 },
  keep: true,
} as const;
const reasons = (fields: Partial<StageInput>) => protections(stageWith({ ...shortLived, ...fields }));

test("a stage whose images may be deleted with it, and that protects no data, is short-lived", () => {
  expect(reasons({})).toEqual([]);
});

test.each<[string, Partial<StageInput>]>([
  ["production is true", { production: true }],
  ["images.forceDelete is false", { images: {} }],
  ["data.uploads.forceDelete is false", { data: { uploads: { keep: true } } }],
  ["data.postgres.deletionProtection is true", { data: { postgres: { ...postgres, finalSnapshot: false } } }],
  ["data.postgres.finalSnapshot is set", { data: { postgres: { ...postgres, deletionProtection: false } } }],
  [
    "data.tables.users.deletionProtection is true",
    {
      data: {
        tables: { users: { partitionKey: { name: "id", type: "string" }, deletionProtection: true, keep: true } },
      },
    },
  ],
  [
    "ingress.authorization.userPool.deletionProtection is true",
    {
      ingress: {
        kind: "http-api",
        throttling: { ratePerSecond: 50, burst: 100 },
        authorization: { userPool: { source: "create", deletionProtection: true } },
      },
    },
  ],
])("a stage is not short-lived when %s", (reason, fields) => {
  expect(reasons(fields)).toEqual([reason]);
});
