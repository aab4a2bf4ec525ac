import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const folder = join(__dirname, "..", "..", "schema");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

/** Every field with a default: what its schema says, and what its comment says. */
function fieldsWithDefaults(file: string): { field: string; value: string; documented: string | undefined }[] {
  const source = ts.createSourceFile(file, readFileSync(join(folder, file), "utf8"), ts.ScriptTarget.Latest, true);
  const fields: { field: string; value: string; documented: string | undefined }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) {
      const value = defaultOf(node.initializer);
      if (value !== undefined) {
        const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === "default");
        fields.push({ field: node.name.getText(), value, documented: ts.getTextOfJSDocComment(tag?.comment) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return fields;
}

/** The argument of a final `.default(...)`. */
function defaultOf(schema: ts.Expression): string | undefined {
  if (!ts.isCallExpression(schema) || !ts.isPropertyAccessExpression(schema.expression)) return undefined;
  return schema.expression.name.text === "default" ? schema.arguments[0]?.getText() : undefined;
}

const fields = files.flatMap(fieldsWithDefaults);

describe("the documentation of the configuration", () => {
  it("covers the fields with defaults", () => {
    expect(fields.length).toBeGreaterThan(25);
  });

  it.each(fields.map(({ field, value, documented }) => [field, value, documented] as const))(
    "names the default of %s",
    (_, value, documented) => {
      expect(documented).toBe(value);
    },
  );
});
