import fc from "fast-check";
import { App, TerraformStack } from "cdktf";
import { encodedJson } from "../../stacks/json";
import { isAttributes, Values } from "../../policy/values";
import { encodedValue } from "../../policy/hcl-value";

/** Text as it stands in a synthesized stack. */
function rendered(expression: string): string {
  const stack = new TerraformStack(new App(), "it");
  stack.addOverride("locals.it", expression);
  const terraform: unknown = stack.toTerraform();
  return new Values(isAttributes(terraform) ? terraform : {}).text("locals.it");
}

describe("the reader of encoded JSON", () => {
  it("reads whatever the stacks encode", () => {
    const text = fc.string({ unit: "grapheme" }).filter((value) => !/[$%]\{/.test(value));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[A-Za-z][\w-]*$/), tie("value"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), (values) => {
        expect(encodedValue(rendered(encodedJson(values)))).toEqual(values);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    [
      "what only Terraform can know",
      '[{"image" = coalesce(var.image, join(":", [aws_ecr_repository.it.url, "a,]}"])), "essential" = true}]',
      [{ image: '${coalesce(var.image, join(":", [aws_ecr_repository.it.url, "a,]}"]))}', essential: true }],
    ],
    ["a template inside a string", '["a-${x["y"]}-b", 1]', ['${"a-${x["y"]}-b"}', 1]],
    ["an escaped template", '["$${x}"]', ["${x}"]],
    ["a condition that begins with a literal", '["a" == x ? [1] : [2], 3]', ['${"a" == x ? [1] : [2]}', 3]],
    ["a list that is computed", "[for x in y : {a = x}]", "${[for x in y : {a = x}]}"],
    ["keys without quotes, and colons", "{a-b = null, c: -1.5e3}", { "a-b": null, c: -1500 }],
  ])("reads %s", (_, expression, value) => {
    expect(encodedValue(`\${jsonencode(${expression})}`)).toEqual(value);
  });

  it.each(["plain", "${sha1(jsonencode([1]))}", "${jsonencode([1]) + jsonencode([2])}"])("leaves %s alone", (text) => {
    expect(encodedValue(text)).toBeUndefined();
  });
});
