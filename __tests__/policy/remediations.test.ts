import { z } from "zod";
import { rules } from "../../policy/rules";
import { stageSchema } from "../../schema/stage";

const sections = ["bastion", "data", "images", "ingress", "monitoring", "network", "services", "state"];
const step = String.raw`\.(?:\w+|<\w+>)`;

/** Paths such as `services.<name>.port`; an address such as `data.aws_iam_policy_document` is one of Terraform. */
const pathPattern = new RegExp(
  String.raw`\b(?!data\.aws_)(?:containerInsights\b|(?:${sections.join("|")})(?:${step})+)`,
  "g",
);

const named = Object.entries(rules).flatMap(([rule, { remediation }]) =>
  [...new Set(remediation.match(pathPattern))].map((path) => ({ rule, path })),
);

it.each(named)("the remediation of $rule names the field $path of the schema", ({ path }) => {
  expect(isField(path)).toBe(true);
});

it.each(["data.postgres.owner", "services.<name>.ports", "images.tags.x", "ingress.waf.<group>.modes"])(
  "%s is not a field of the schema",
  (path) => {
    expect(isField(path)).toBe(false);
  },
);

function isField(path: string): boolean {
  const found = path
    .split(".")
    .reduce<readonly z.core.$ZodType[]>(
      (schemas, name) => schemas.flatMap((each) => fieldsOf(each, name)),
      [stageSchema],
    );
  return found.length > 0;
}

/** The schemas of a field, of which a union may have several; `<name>` is any field. */
function fieldsOf(schema: z.core.$ZodType, name: string): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries<z.core.$ZodType>(schema.shape);
    return fields.filter(([key]) => key === name || name.startsWith("<")).map(([, field]) => field);
  }
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => fieldsOf(option, name));
  if (schema instanceof z.ZodPipe) return fieldsOf(schema.in, name);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly
  ) {
    return fieldsOf(schema.unwrap(), name);
  }
  return [];
}
