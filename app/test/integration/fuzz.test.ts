import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import type { FastifyInstance } from "fastify";
import type { Database } from "../../src/database/database";
import { RequestStore } from "../../src/repeats/request-store";
import { clientDefaults, UploadStore } from "../../src/uploads/upload-store";
import written from "../../openapi.json";
import { migratedDatabase, testApi } from "../fixtures/api";
import { clientOf, noAws, startAws } from "../fixtures/emulated-aws";
import { makeRequestsTable } from "../fixtures/requests-table";

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Record<string, Schema>;
  readonly required?: string[];
  readonly examples?: string[];
  readonly minimum?: number;
  readonly maximum?: number;
}
interface Operation {
  readonly parameters?: readonly { name: string; in: string; schema: Schema }[];
  readonly requestBody?: { content: Record<string, { schema: Schema }> };
  readonly responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

// Parsed again because TypeScript infers a literal type per value; Operation is the part of OpenAPI that the test reads.
const paths: Record<string, Record<string, Operation>> = JSON.parse(JSON.stringify(written.paths));
const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
ajv.addSchema({ ...written, $id: "document" });

const attacks = ["'; drop table items; --", "1 or 1=1", "\u0000", "\ud800", "${jndi:ldap://x}", "../../etc/passwd", "%00", "9".repeat(400), "{}", "null", "\u202e", "a".repeat(3_000)];
const text = fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: "binary" }), fc.string());
const anything = fc.oneof(text, fc.integer(), fc.double(), fc.bigInt().map(Number), fc.boolean(), fc.constant(null), fc.jsonValue());
const stored = "00000000-0000-4000-8000-000000000001";

const words = ["chair", "*", '"1"', "MQ"];

type Values = (schema: Schema) => fc.Arbitrary<unknown>;

/** Values that the schema allows: such requests pass the validation. */
const fitting: Values = ({ type, format, properties, required, examples = words, minimum = -2, maximum = 200 }) => {
  if (properties !== undefined) return fc.record(mapped(properties, fitting), { requiredKeys: required });
  if (format === "uuid") return fc.oneof(fc.constant(stored), fc.uuid());
  return type === "integer" ? fc.integer({ min: minimum, max: maximum }) : fc.constantFrom(...examples);
};

/** Arbitrary values; three of four are close to what the schema allows. */
const hostile: Values = ({ properties, ...schema }) => {
  const near = properties === undefined ? fc.oneof(fitting(schema), text) : fc.record(mapped(properties, hostile), { requiredKeys: [] });
  return fc.oneof({ weight: 3, arbitrary: near }, { weight: 1, arbitrary: anything });
};

function mapped(properties: Record<string, Schema>, values: Values) {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, values(schema)]));
}

const isHeaderText = (value: string) => /^[\x20-\x7e\x80-\xff]*$/.test(value);

const asText = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

function requests(path: string, method: string, { parameters = [], requestBody }: Operation, values: Values) {
  const within = (location: string) => Object.fromEntries(parameters.filter((one) => one.in === location).map(({ name, schema }) => [name, values(schema).map(asText)]));
  const body = requestBody?.content["application/json"]?.schema;
  const json = body && values(body).map((value) => JSON.stringify(value));
  const payload = json === undefined ? fc.constant(undefined) : values === fitting ? json : fc.oneof({ weight: 4, arbitrary: json }, { weight: 1, arbitrary: text });
  const encode = (value: string) => encodeURIComponent(value.toWellFormed());
  return fc.record({ path: fc.record(within("path")), query: fc.record(within("query"), { requiredKeys: [] }), headers: fc.record(within("header"), { requiredKeys: [] }), payload }).map((parts) => ({
    method: method.toUpperCase(),
    path: path.replace(/\{(\w+)\}/g, (_match, name: string) => encode(parts.path[name] ?? "")),
    query: Object.entries(parts.query).map(([name, value]) => `${name}=${encode(String(value))}`).join("&"),
    headers: { ...(parts.payload !== undefined && { "content-type": "application/json" }), ...Object.fromEntries(Object.entries(parts.headers).filter(([, value]) => isHeaderText(String(value)))) },
    payload: parts.payload,
  }));
}

describe("a generated request", () => {
  let database: Database;
  let api: FastifyInstance;
  let aws: Awaited<ReturnType<typeof startAws>> | undefined;
  const seen = new Set<string>();

  before(async () => {
    database = await migratedDatabase();
    await database.query("insert into tests (test_id, message) values ($1, 'a')", [stored]);
    aws = noAws === false ? await startAws() : undefined;
    const s3 = new S3Client({ ...clientDefaults, ...clientOf(aws?.endpoint ?? "http://127.0.0.1:9") });
    if (aws !== undefined) {
      await s3.send(new CreateBucketCommand({ Bucket: "uploads" }));
      await s3.send(new PutObjectCommand({ Bucket: "uploads", Key: `uploads/anonymous/${stored}`, Body: "bytes" }));
    }
    const requests = aws && new RequestStore("requests", await makeRequestsTable(aws.endpoint));
    api = await testApi(database, {}, { uploads: new UploadStore("uploads", s3), requests });
  });
  after(async () => {
    await database.close();
    await aws?.stop();
  });

  for (const [path, methods] of Object.entries(paths)) {
    const skip = path.startsWith("/api/uploads") && noAws;
    for (const [method, operation] of Object.entries(methods)) {
      it(`${method} ${path} returns a response that openapi.json describes, and no 5xx`, { skip }, async () => {
        const either = fc.oneof(requests(path, method, operation, fitting), requests(path, method, operation, hostile));
        const property = fc.asyncProperty(either, async ({ path: url, query, headers, payload, ...request }) => {
          await database.query("insert into items (id, name, description, quantity) values ($1, 'a', '', 1) on conflict do nothing", [stored]);
          const answer = await api.inject({ method: request.method === "GET" ? "GET" : request.method === "PUT" ? "PUT" : request.method === "DELETE" ? "DELETE" : "POST", url: `${url}?${query}`, headers, payload });
          seen.add(`${method} ${path} ${answer.statusCode}`);
          assert(answer.statusCode < 500, `${answer.statusCode} ${answer.body}`);
          if (answer.statusCode === 404 || answer.statusCode === 414) return; // an empty or oversized path segment matches another route
          const described = operation.responses[answer.statusCode];
          assert(described !== undefined, `${answer.statusCode} is not described: ${answer.body}`);
          const type = String(answer.headers["content-type"]).split(";", 1)[0] ?? "";
          const schema = described.content?.[type]?.schema;
          if (answer.body === "") return;
          assert(schema !== undefined, `${type} is not described for ${answer.statusCode}`);
          const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')));
          assert(validate(answer.json()), `${answer.body}: ${ajv.errorsText(validate.errors)}`);
        });
        await fc.assert(property, { numRuns: 150 });
      });
    }
  }

  it("covers the success and the errors of every route", () => {
    const item = ["get 200", "get 400", "get 404", "put 200", "put 400", "put 412", "put 428", "delete 204", "delete 400", "delete 428"];
    const repeated = noAws === false ? ["post 422"] : [];
    const outcomes: Record<string, string[]> = {
      "/health": ["get 200"],
      "/ready": ["get 200"],
      "/api/items": ["get 200", "get 400", "post 201", "post 400", ...repeated],
      "/api/items/{id}": item,
      "/test": ["post 201", "post 400", ...repeated],
      "/test/{test_id}": ["get 200", "get 400", "get 404"],
      "/api/uploads": noAws === false ? ["post 201", "post 400"] : [],
      "/api/uploads/{id}": noAws === false ? ["get 200", "get 400", "get 404"] : [],
    };
    assert.deepEqual(Object.keys(outcomes).sort(), Object.keys(paths).sort());
    const expected = Object.entries(outcomes).flatMap(([path, answers]) => answers.map((answer) => answer.replace(" ", ` ${path} `)));
    assert.deepEqual(expected.filter((outcome) => !seen.has(outcome)), [], [...seen].join(", "));
  });

  it("does not change the tables (SQL injection)", async () => {
    const tables = await database.query("select table_name from information_schema.tables where table_schema = 'public' order by 1");
    assert.deepEqual(tables.map((row) => Object.values(row)[0]), ["items", "orders", "schema_migrations", "tests"]);
  });
});
