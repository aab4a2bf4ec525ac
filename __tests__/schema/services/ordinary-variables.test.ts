import fc from "fast-check";
import { secretKind } from "../../../schema/services/secret-patterns";

const words = [
  ...["api", "v1", "V2", "orders", "Orders", "customers", "Items", "internal", "us", "East", "1", "2024", "production"],
  ...["global", "english", "glue", "single", "task_test", "disk_live", "risk", "catalog", "endpoint", "availability"],
];

const passes = (values: fc.Arbitrary<string>) => {
  fc.assert(fc.property(values, (value) => secretKind("VALUE", value) === undefined));
};

describe("an ordinary variable", () => {
  it.each([
    "",
    "info",
    "production",
    "8080",
    "https://example.com/path",
    "https://example.com:8443/path?mail=a@example.com",
    "https://example.com:8443?mail=a@example.com",
    "postgres://db.example.com/name",
    "postgres://app@db.example.com:5432/name?sslmode=require",
    "jdbc:postgresql://db.example.com:5432/orders",
    "mailto:orders@example.com",
    "git@github.com:example/orders.git",
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf",
    "arn:aws:iam::111122223333:role/appname-orders-task-dev02-us-east-1",
    "https://sqs.us-east-1.amazonaws.com/111122223333/appname-orders-queue-dev02",
    "us-east-1_AbC123dEf",
    "4fe72af41cc3329b6fc915b051f3d570171d53d7",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    '{"level":"info","features":["newCheckout","Export2Csv"],"url":"https://example.com:8443","mail":"a@example.com"}',
    "0 8 * * 1-5",
    "Europe/Berlin",
    "public, max-age=31536000, immutable",
    "api/V1/customers/orders/items/all/active",
    "OrdersServiceProductionClusterUsEast1Api2",
    "com.example.orders.OrderRepositoryFactory",
    "global-orders-service-endpoint-production",
    "english-language-customers-only",
    "single-availability-zone-deployment",
    "task_test_integration_environment",
    "disk_live_migration_is_enabled",
    "https://keys.example.com/-----BEGIN",
    "ASIA-PACIFIC",
  ])("may be %j", (value) => {
    expect(secretKind("VALUE", value)).toBeUndefined();
  });

  it("may be any UUID", () => {
    passes(fc.uuid());
  });

  it("may be any number", () => {
    passes(fc.oneof(fc.integer(), fc.double()).map(String));
  });

  it("may be any hash in hexadecimal digits", () => {
    passes(fc.stringMatching(/^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/));
  });

  it("may be any URL without a password", () => {
    passes(fc.webUrl({ withQueryParameters: true, withFragments: true }));
  });

  it("may be any words in any order, as a sentence, a path or a name", () => {
    const separator = fc.constantFrom(" ", "/", "-", "_", ".", "");
    const some = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 });
    passes(fc.tuple(some, separator).map(([parts, between]) => parts.join(between)));
  });
});
