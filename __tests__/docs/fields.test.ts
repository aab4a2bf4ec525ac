import { z } from "zod";
import { accountSchema } from "../../schema/account";
import { accountKind, stageKind } from "../../schema/issues";
import { stageSchema } from "../../schema/stage";
import { codeSpans, guide } from "./pages";

const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.looseObject({
    properties: z.record(z.string(), jsonSchema).optional(),
    additionalProperties: z.union([jsonSchema, z.boolean()]).optional(),
    required: z.array(z.string()).optional(),
    oneOf: z.array(jsonSchema).optional(),
    anyOf: z.array(jsonSchema).optional(),
    default: z.unknown().optional(),
  }),
);

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly additionalProperties?: JsonSchema | boolean | undefined;
  readonly required?: readonly string[] | undefined;
  readonly oneOf?: readonly JsonSchema[] | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly default?: unknown;
}

/** A field of a schema. */
interface Field {
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

const options = { io: "input", unrepresentable: "any", reused: "inline" } as const;
const stage = jsonSchema.parse(z.toJSONSchema(stageSchema, options));
const account = jsonSchema.parse(z.toJSONSchema(accountSchema, options));

/** The schema and its variants. */
function variantsOf(schema: JsonSchema): JsonSchema[] {
  return [schema, ...[...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap(variantsOf)];
}

/** Fields of a path such as `services.*.size`, one for each variant that has it. */
function fieldsAt(schema: JsonSchema, path: string): Field[] {
  const [name = "", ...rest] = path.split(".");
  const found = variantsOf(schema).flatMap((variant): Field[] => {
    if (name === "*") {
      const { additionalProperties: each } = variant;
      return typeof each === "object" ? [{ schema: each, isRequired: false }] : [];
    }
    const field = variant.properties?.[name];
    return field === undefined ? [] : [{ schema: field, isRequired: variant.required?.includes(name) ?? false }];
  });
  return rest.length === 0 ? found : found.flatMap((field) => fieldsAt(field.schema, rest.join(".")));
}

/** A row of a table whose first column lists fields. */
interface Row {
  readonly page: string;
  readonly field: string;
  readonly default: string;
}

/** Rows of every table whose head begins with `field of <what>`. */
function rowsOf(what: RegExp): (Row & { readonly owner: string })[] {
  return guide.flatMap(({ path: page, tables }) =>
    tables.flatMap(([head = [], ...rows]) => {
      const [, owner] = what.exec(head[0] ?? "") ?? [];
      if (owner === undefined) return [];
      return rows.flatMap(([first = "", second = ""]) =>
        codeSpans(first).map((field) => ({ page, owner, field, default: second })),
      );
    }),
  );
}

/** Rows about fields of an object of a stage file, with complete paths. */
const nested = rowsOf(/^field of `([\w.*]+)`$/).map((row) => ({ ...row, field: `${row.owner}.${row.field}` }));
const ofStage = rowsOf(/^field of (the stage)$/);
const ofAccount = rowsOf(/^field of (an account file)$/);

/** A default as pages write it: `{ cpu: 256, memoryMiB: 512 }`. */
function written(value: unknown): string {
  if (value === undefined) return "none";
  return JSON.stringify(value)
    .replaceAll(/"(\w+)":/g, "$1: ")
    .replaceAll(",", ", ")
    .replaceAll(/^\{(.+)\}$/g, "{ $1 }");
}

/** Why the default of a row is wrong; undefined when it is right. Defaults in words are not compared. */
function wrongDefault(schema: JsonSchema, row: Row): string | undefined {
  const fields = fieldsAt(schema, row.field);
  if (fields.length === 0) return `${row.page}: ${row.field} is not a field`;
  if ((row.default === "required") !== fields.some(({ isRequired }) => isRequired)) {
    return `${row.page}: ${row.field} is ${row.default === "required" ? "not required" : "required"}`;
  }
  const [value] = codeSpans(row.default);
  if (value === undefined || row.default !== `\`${value}\``) return undefined;
  const defaults = fields.map((field) => written(field.schema.default));
  return defaults.includes(value) ? undefined : `${row.page}: ${row.field} is by default ${defaults.join(" or ")}`;
}

function documentedIn(rows: readonly Row[]): string[] {
  return rows.map(({ field }) => field).sort();
}

function namesOf({ properties = {} }: JsonSchema): string[] {
  return Object.keys(properties).sort();
}

describe("the fields of a stage file", () => {
  it("are each documented on one page", () => {
    expect(documentedIn(ofStage)).toEqual(namesOf(stage));
  });

  it("are documented on the page that messages name", () => {
    expect(ofStage.map(({ field, page }) => [field, page])).toEqual(
      ofStage.map(({ field }) => [field, stageKind.pageOf(field)]),
    );
  });

  it("exist, and have the documented defaults", () => {
    expect(nested.length).toBeGreaterThan(60);
    expect([...ofStage, ...nested].flatMap((row) => wrongDefault(stage, row) ?? [])).toEqual([]);
  });
});

describe("the fields of an account file", () => {
  it("are each documented once, with their defaults", () => {
    expect(documentedIn(ofAccount)).toEqual(namesOf(account));
    expect(ofAccount.flatMap((row) => wrongDefault(account, row) ?? [])).toEqual([]);
  });

  it("are documented on the page that messages name", () => {
    expect(ofAccount.filter(({ field, page }) => page !== accountKind.pageOf(field))).toEqual([]);
  });
});
