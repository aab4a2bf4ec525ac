import { App, Fn, ref, TerraformOutput, Token } from "cdktf";
import { encodedJson } from "../../stacks/json";
import { ReadableStack } from "../../stacks/readable-stack";
import { stackOf } from "../fixtures/stage";
import { documentOf } from "../fixtures/rest-document";

class TestStack extends ReadableStack {
  constructor(public readonly value: string) {
    super(new App(), "test");
    new TerraformOutput(this, "output", { value });
  }
}

const rendered = (value: string): unknown => new TestStack(value).render().output;
const token = (value: unknown) => Token.asAny({ resolve: () => value, creationStack: [], toString: () => "token" });
const reference = Token.asString(ref("aws_vpc.it.id"));

describe("JSON that Terraform encodes", () => {
  it("keeps quotes, backslashes and line breaks, in names and in values", () => {
    const body = { 'a "quoted" \\ name\n': { enum: ['a "quoted" \\ value\n', "\\"] } };
    const stack = stackOf({ routes: [{ route: "POST /orders", required: { body } }] });
    expect(Object.values(documentOf(stack).components.schemas)).toMatchObject([body]);
  });

  it.each<[string, object]>([
    ["texts, numbers and truth values", { a: ["text", -1, 0.5, true], "b c": [[], {}, [-1]] }],
    ["texts like a token of a number", ["1e+5", "-1.5e+3"]],
    ["a template", ["${a} $${b} %{c}"]],
    ["an expression", { a: reference, b: { c: [reference] } }],
    ["expressions in a text", [`x-${reference}-${reference}`, `${reference}y`, `${reference}${reference}`]],
    ["tokens of a number and of a list", [Token.asNumber(token("a.b")), Token.asList(token("c.d"))]],
    ["encoded JSON", { a: Fn.jsonencode([reference]), b: `x${Fn.jsonencode({ c: reference })}` }],
    ["what is undefined", { a: undefined, b: 1 }],
  ])("is that of cdktf for %s", (_, value) => {
    expect(rendered(encodedJson(value))).toEqual(rendered(Fn.jsonencode(value)));
    expect(rendered(Fn.sha1(encodedJson(value)))).toEqual(rendered(Fn.sha1(Fn.jsonencode(value))));
  });

  it("keeps quotes beside an expression, and null", () => {
    expect(rendered(encodedJson([`"${reference}"`, null]))).toEqual({
      output: { value: '${jsonencode(["\\"${aws_vpc.it.id}\\"", null])}' },
    });
  });
});
