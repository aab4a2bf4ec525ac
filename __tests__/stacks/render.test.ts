import { join } from "node:path";
import { App, Fn, TerraformOutput, TerraformStack, Token, type TerraformElement } from "cdktf";
import { loadAccounts, loadStages } from "../../schema";
import { typesOf } from "../../stacks/account/types-of";
import { AccountStack } from "../../stacks/account-stack";
import { ReadableStack } from "../../stacks/readable-stack";
import { StageStack } from "../../stacks/stage-stack";
import { everyFeature } from "../fixtures/every-feature";
import { ingresses, stageWith } from "../fixtures/stage";
import { publicStage } from "../policy/synthesized-stages";

/** What is written into the file. */
const written = (terraform: unknown): unknown => JSON.parse(JSON.stringify(terraform));

/** The rendering of cdktf itself. */
const cdktfRendering = (stack: TerraformStack): unknown => {
  TerraformStack.prototype.prepareStack.call(stack);
  return written(TerraformStack.prototype.toTerraform.call(stack));
};

const renderings = (stack: ReadableStack) => {
  stack.prepareStack();
  return { own: written(stack.render()), cdktf: cdktfRendering(stack) };
};

class TestStack extends ReadableStack {
  constructor(value: unknown = "text") {
    super(new App(), "test");
    new TerraformOutput(this, "output", { value });
  }
}

const token = (value: unknown) => Token.asAny({ resolve: () => value, creationStack: [], toString: () => "token" });

describe("the rendering of a stack", () => {
  const folder = join(__dirname, "..", "fixtures", "config");
  const stages = [
    ...loadStages(folder),
    everyFeature,
    publicStage,
    ...Object.values(ingresses).map((ingress, index) => stageWith({ ingress, stage: `ingress${index}` })),
  ].map((stage) => [`${stage.stage}-${stage.region}`, stage] as const);

  it.each(stages)("of %s is that of cdktf", (_, stage) => {
    const { own, cdktf } = renderings(new StageStack(new App(), stage));
    expect(own).toEqual(cdktf);
  });

  it("of each account is that of cdktf", () => {
    const loaded = loadStages(folder);
    const app = new App();
    const typed = loaded.map((stage) => ({ stage, types: typesOf(new StageStack(app, stage)) }));
    const accounts = loadAccounts(loaded, folder).map((account) => renderings(new AccountStack(app, account, typed)));
    expect(accounts.length).toBeGreaterThan(0);
    expect(accounts.map(({ own }) => own)).toEqual(accounts.map(({ cdktf }) => cdktf));
  });

  it.each<[string, unknown]>([
    ["a string with two tokens", `${Token.asString(token("a"))}-${Token.asString(token("b"))}`],
    ["a string with escapes beside a token", `\${var.a} ${Token.asString(token("a"))} }`],
    ["a string that resolves to an object", Token.asString(token({ a: [1] }))],
    ["a token of a token", token(Token.asString(token("a")))],
    ["a number token", Token.asNumber(token(7))],
    ["a string with a number token", `port ${Token.asNumber(token(7))}`],
    ["a list token", Token.asList(token(["a", "b"]))],
    ["a list of number tokens", Token.asNumberList(token([1, 2]))],
    ["a map token", Token.asStringMap(token({ a: "b" }))],
    ["a token as a key", { [Token.asString(token("key"))]: "value" }],
    ["undefined in a list and an object", { list: [1, undefined, 2], none: undefined, token: token(undefined) }],
    ["null, an empty list and an empty object", { nothing: Token.nullValue(), list: [], object: {} }],
    ["a negative number, and a text like a number", { number: -1, text: "1e+5 and more" }],
    ["a function of Terraform", Fn.jsonencode({ a: [Token.asString(token("b")), { c: Fn.join(",", ["d", "e"]) }] })],
  ])("of %s is that of cdktf", (_, value) => {
    const { own, cdktf } = renderings(new TestStack(value));
    expect(own).toEqual(cdktf);
  });

  it("of overrides is that of cdktf", () => {
    const stack = new TestStack();
    stack.addOverride("output.output.description", "first");
    stack.addOverride("output.output.description", Token.asString(token("second")));
    stack.addOverride("output.output.value", undefined);
    stack.addOverride("output.output.depends_on", ["a"]);
    stack.addOverride("terraform.required_providers.aws", { version: "1" });
    stack.addOverride("terraform.required_providers.aws.source", "a/b");
    stack.addOverride("locals", { a: { b: 1 } });
    const { own, cdktf } = renderings(stack);
    expect(own).toEqual(cdktf);
    expect(own).toMatchObject({ output: { output: { description: "second" } } });
  });

  it.each<[string, unknown]>([
    ["a function", () => "a"],
    ["a construct", new App()],
    ["a list token between other values", [...Token.asList(token(["a"])), "b"]],
  ])("refuses %s, as cdktf does", (_, value) => {
    const stack = new TestStack();
    stack.addOverride("locals.a", value);
    expect(() => cdktfRendering(stack)).toThrow();
    expect(() => stack.render()).toThrow();
  });

  it("is the same object for the policy and for the file", () => {
    const stack = new TestStack();
    expect(stack.toTerraform()).toBe(stack.render());
  });

  it("refuses a reference to another stack, which cdktf would read from its state", () => {
    const app = new App();
    const [origin, other] = [new StageStack(app, stageWith()), new StageStack(app, stageWith({ stage: "dev02" }))];
    const element = origin.node.findAll().find((each): each is TerraformElement => "arn" in each);
    new TerraformOutput(other, "elsewhere", { value: element?.fqn });
    expect(() => other.render()).toThrow(/aws_\w+\.\w+ of dev01-us-east-1 is used in another stack; .*a data source/);
  });
});
