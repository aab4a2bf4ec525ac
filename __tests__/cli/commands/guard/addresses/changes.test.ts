import { addressFields, addressForecast } from "../../../../../cli/commands/guard/addresses/changes";
import { created, deleted, deleteFirst, planWith, unchanged, updated, type Change } from "../plan-of";

const existing = { "aws_vpc.network": unchanged({ id: "vpc-1" }) };
const forecast = (changes: Readonly<Record<string, Change>>) => addressForecast(planWith({ ...existing, ...changes }));
const outputs = (changes: Readonly<Record<string, object>>) => addressForecast(planWith(existing, changes));

describe("an output that others use", () => {
  it.each([
    "api_url",
    "user_pool_id",
    "user_pool_client_id",
    "database_host",
    "uploads_bucket",
    "sold_topic_arn",
    "orders_queue_url",
    "stripe_secret_arn",
    "orders_repository_url",
    "orders_service_name",
  ])("is shown with both values: %s", (name) => {
    expect(outputs({ [name]: { actions: ["update"], before: "old", after: "new" } })).toMatchObject([
      { name, before: "old", after: "new" },
    ]);
  });

  it("is shown as known after the apply, and as removed", () => {
    expect(outputs({ api_url: { actions: ["update"], before: "old", after_unknown: true } })).toMatchObject([
      { before: "old", after: "(known after apply)" },
    ]);
    const [removed] = outputs({ api_url: { actions: ["delete"], before: "old", after: null } });
    expect(removed).toMatchObject({ before: "old" });
    expect(removed).not.toHaveProperty("after");
  });

  it("is not shown with its value when it is sensitive", () => {
    const change = { actions: ["update"], before: "old", after: "new", after_sensitive: true };
    expect(JSON.stringify(outputs({ api_url: change }))).not.toMatch(/old|new/);
  });

  it.each<[string, object]>([
    ["api_url", { actions: ["create"], before: null, after: "new" }],
    ["api_url", { actions: ["no-op"], before: "old", after: "old" }],
    ["orders_migrate_task_definition", { actions: ["update"], before: "old:1", after: "old:2" }],
  ])("is not shown when it is new, unchanged or a revision: %s %j", (name, change) => {
    expect(outputs({ [name]: change })).toEqual([]);
  });
});

describe("an address of a resource", () => {
  const nested = (field: string, value: string) =>
    field
      .split(".")
      .reduceRight<unknown>(
        (inner, key) => ({ [key]: typeof inner === "string" ? inner : [inner] }),
        value,
      ) as Readonly<Record<string, unknown>>;

  it.each(Object.entries(addressFields))("is shown when it is replaced or deleted: %s", (type, { field, meaning }) => {
    const address = `${type}.one`;
    const name = `${address} (${field})`;
    const unknown = { [field.split(".")[0] ?? ""]: true };
    expect(forecast({ [address]: deleteFirst(nested(field, "old"), {}, unknown) })).toEqual([
      { name, meaning, before: "old", after: "(known after apply)" },
    ]);
    expect(forecast({ [address]: deleted(nested(field, "old")) })).toEqual([{ name, meaning, before: "old" }]);
    expect(forecast({ [address]: updated(nested(field, "old"), nested(field, "new")) })).toMatchObject([
      { after: "new" },
    ]);
    expect(forecast({ [address]: updated(nested(field, "old"), nested(field, "old")) })).toEqual([]);
    expect(forecast({ [address]: updated(nested(field, "old"), {}, unknown) })).toEqual([]);
  });

  it("is shown when a NAT gateway gets a new one, which others must allow", () => {
    expect(forecast({ "aws_eip.network_egress_b": created({}, { public_ip: true }) })).toEqual([
      {
        name: "aws_eip.network_egress_b (public_ip)",
        meaning: "the address of egress, which others allow",
        after: "(known after apply)",
      },
    ]);
  });

  it("is not shown for other new resources, which have no users yet", () => {
    expect(forecast({ "aws_lb.one": created({}, { dns_name: true }) })).toEqual([]);
  });

  it("is not shown in the first apply of a stack", () => {
    expect(addressForecast(planWith({ "aws_eip.one": created({}, { public_ip: true }) }))).toEqual([]);
  });
});
