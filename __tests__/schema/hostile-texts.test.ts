import { problems, web } from "../fixtures/problems";
import { minimalDomain, ingresses } from "../fixtures/stage";

const bus = { actions: ["events:PutEvents"], resources: ["arn:aws:events:us-east-1:111122223333:event-bus/shop"] };
const when = (condition: object) =>
  web({
    permissions: [{ ...bus, conditions: [{ test: "StringEquals", variable: "a:b", values: ["c"], ...condition }] }],
  });
const route = (fields: object) => ({
  ingress: { kind: "alb", domain: minimalDomain },
  ...web({ routes: [{ route: "/orders/*", ...fields }] }),
});
const body = (schema: object) => web({ routes: [{ route: "POST /orders", required: { body: schema } }] });
const tagged = (count: number) => ({
  tags: Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, "x"])),
});

describe("a text that AWS or CDKTF would stumble over", () => {
  it.each([
    [{ owner: "#{TfToken[TOKEN.0]}" }, /owner: .* holds a reference of CDKTF/],
    [web({ environment: { A: "TfToken[TOKEN.0]" } }), /environment.A: .* holds a reference of CDKTF/],
    [{ owner: 'the "team"' }, /owner: .* holds what AWS takes in no tag/],
    [{ owner: "x".repeat(257) }, /owner: .* write at most 256 characters/],
    [{ tags: { "a,b": "c" } }, /tags\.a,b: .* holds what AWS takes in no tag/],
    [{ tags: { ["k".repeat(129)]: "c" } }, /tags\..* write at most 128 characters/],
    [{ tags: { "AWS:x": "c" } }, /tags\.AWS:x: .* begins with aws:/],
    [{ tags: { Stage: "other" } }, /tags\.Stage: "other" is a tag that every resource has; remove it/],
    [tagged(41), /tags: .* are more than AWS takes; write at most 40/],
    [web({ environment: { A: "x".repeat(32768) } }), /orders\.environment: .* write at most 32768 characters in all/],
    [web({ command: ["node", "x".repeat(4097)] }), /command\[1\]: .* write at most 4096 characters/],
    [when({ test: "*" }), /conditions\[0\]\.test: "\*" is no operator of IAM/],
    [when({ values: ["&{aws:username}"] }), /values\[0\]: .* holds a variable of IAM/],
    [when({ variable: "&{a}" }), /variable: .* holds a variable of IAM/],
    [route({ hosts: ["a b"] }), /hosts\[0\]: "a b" is no host; write one/],
    [route({ header: { name: "X-Shop", values: ["\u00e9"] } }), /values\[0\]: .* holds what no header can hold/],
    [body({ title: "\u0008" }), /required\.body: .* holds a control character/],
    [body({ "${x}": 1 }), /required\.body: .* holds a Terraform template/],
  ])("is refused: %j", (fields, message) => {
    expect(problems(fields)).toMatch(message);
  });

  it("is refused in the description of a scope that Cognito would not take", () => {
    const authorization = { userPool: { source: "create", scopes: { write: "x".repeat(257) } } };
    expect(problems({ ingress: { ...ingresses["http-api"], authorization } })).toMatch(/write at most 256 characters/);
  });
});

describe("the report of what is wrong", () => {
  it("shows what a terminal would obey or hide", () => {
    const shown = problems({ owner: "\u007f\u0085\u202e\u{e0001}", tags: { "\u001b[31m": "x" } });
    expect(shown).toContain("\\u007f\\u0085\\u202e\\udb40\\udc01");
    expect(shown).toContain("tags.\\u001b[31m: ");
  });

  it("shortens names and values that nobody can read", () => {
    const shown = problems({ tags: { ["k".repeat(9000)]: "x" }, owner: "y".repeat(9000) });
    expect(shown).toContain("tags.kkk");
    expect(Math.max(...shown.split("\n").map(({ length }) => length))).toBeLessThan(400);
  });
});
