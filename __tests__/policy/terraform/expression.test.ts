import fc from "fast-check";
import { App, TerraformStack } from "cdktf";
import { encodedJson } from "../../../stacks/json";
import { decodeJson } from "../../../policy/terraform/expression";
import { isAttributes, Values } from "../../../policy/terraform/values";

/** An expression as cdktf writes it. */
function rendered(expression: string): string {
  const stack = new TerraformStack(new App(), "it");
  stack.addOverride("locals.it", expression);
  const terraform: unknown = stack.toTerraform();
  return new Values(isAttributes(terraform) ? terraform : {}).text("locals.it");
}

describe("the decoder of jsonencode()", () => {
  it("decodes everything that the stacks encode", () => {
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
        expect(decodeJson(rendered(encodedJson(values)))).toEqual(values);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    [
      "expressions that only Terraform can evaluate",
      '[{"image" = coalesce(var.image, join(":", [aws_ecr_repository.it.url, "a,]}"])), "essential" = true}]',
      [{ image: '${coalesce(var.image, join(":", [aws_ecr_repository.it.url, "a,]}"]))}', essential: true }],
    ],
    ["a string with a template", '["a-${x["y"]}-b", 1]', ['a-${x["y"]}-b', 1]],
    ["escapes around a template", '["\\"$${a}\\n${x["}"]}\\u0041%{if y}"]', ['"$${a}\n${x["}"]}A%{if y}']],
    ["an operation on a string with a template", '["${x}" == y, null]', ['${"${x}" == y}', null]],
    ["an escaped template", '["$${x}"]', ["${x}"]],
    ["a condition that begins with a literal", '["a" == x ? [1] : [2], 3]', ['${"a" == x ? [1] : [2]}', 3]],
    ["a list that is computed", "[for x in y : {a = x}]", "${[for x in y : {a = x}]}"],
    ["keys without quotes, and colons", "{a-b = null, c: -1.5e3}", { "a-b": null, c: -1500 }],
  ])("decodes %s", (_, expression, value) => {
    expect(decodeJson(`\${jsonencode(${expression})}`)).toEqual(value);
  });

  it.each(["plain", "${sha1(jsonencode([1]))}", "${jsonencode([1]) + jsonencode([2])}"])(
    "does not decode %s",
    (text) => {
      expect(decodeJson(text)).toBeUndefined();
    },
  );
});
