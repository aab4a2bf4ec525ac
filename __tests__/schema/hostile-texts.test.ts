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

describe("a text that AWS or CDKTF would misinterpret", () => {
  it.each([
    [{ owner: "#{TfToken[TOKEN.0]}" }, /owner: .* must not contain a CDKTF token \(TfToken\[\); write plain text/],
    [
      web({ environment: { A: "TfToken[TOKEN.0]" } }),
      /environment.A: .* must not contain a CDKTF token \(TfToken\[\); write plain text/,
    ],
    [
      { owner: 'the "team"' },
      /owner: .* must not contain characters that AWS refuses in tags; write letters, digits, spaces and _/,
    ],
    [{ owner: "x".repeat(257) }, /owner: .* write at most 256 characters/],
    [
      { tags: { "a,b": "c" } },
      /tags\.a,b: .* must not contain characters that AWS refuses in tags; write letters, digits, spaces and _/,
    ],
    [{ tags: { ["k".repeat(129)]: "c" } }, /tags\..* write at most 128 characters/],
    [{ tags: { "AWS:x": "c" } }, /tags\.AWS:x: .* must not begin with aws:, which AWS reserves; write another key/],
    [{ tags: { Stage: "other" } }, /tags\.Stage: "other" is set by the stack on every resource; remove it/],
    [tagged(41), /tags: .* must not hold more than 40 tags; remove some/],
    [web({ environment: { A: "x".repeat(32768) } }), /orders\.environment: .* write at most 32768 characters in all/],
    [web({ command: ["node", "x".repeat(4097)] }), /command\[1\]: .* write at most 4096 characters/],
    [
      when({ test: "*" }),
      /conditions\[0\]\.test: "\*" must be an IAM condition operator; write one such as "StringEquals"/,
    ],
    [
      when({ values: ["&{aws:username}"] }),
      /values\[0\]: .* must not contain an IAM policy variable \(&\{\); write plain text/,
    ],
    [
      when({ values: ["Zürich", "東京"] }),
      /values\[1\]: .* must not contain characters after U\+00FF, which IAM refuses; write Latin letters/,
    ],
    [when({ variable: "&{a}" }), /variable: .* must not contain an IAM policy variable \(&\{\); write plain text/],
    [
      route({ hosts: ["a b"] }),
      /hosts\[0\]: "a b" must be a host name; write one such as "api\.example\.com" or "\*\.example\.com"/,
    ],
    [
      route({ header: { name: "X-Shop", values: ["\u00e9"] } }),
      /values\[0\]: .* must not contain characters that headers exclude; write ASCII letters, digits and signs/,
    ],
    [
      body({ title: "\u0008" }),
      /required\.body: .* must not contain control characters other than line breaks and tabs; write plain text/,
    ],
    [body({ "${x}": 1 }), /required\.body: .* must not contain a Terraform template \(\$\{ or %\{\); write plain text/],
  ])("is refused: %j", (fields, message) => {
    expect(problems(fields)).toMatch(message);
  });

  it("is refused in a scope's description that Cognito would refuse", () => {
    const authorization = { userPool: { source: "create", scopes: { write: "x".repeat(257) } } };
    expect(problems({ ingress: { ...ingresses["http-api"], authorization } })).toMatch(/write at most 256 characters/);
  });
});

describe("the report of problems", () => {
  it("escapes what a terminal would interpret or hide", () => {
    const shown = problems({ owner: "\u007f\u0085\u202e\u{e0001}", tags: { "\u001b[31m": "x" } });
    expect(shown).toContain("\\u007f\\u0085\\u202e\\udb40\\udc01");
    expect(shown).toContain("tags.\\u001b[31m: ");
  });

  it("shortens long names and values", () => {
    const shown = problems({ tags: { ["k".repeat(9000)]: "x" }, owner: "y".repeat(9000) });
    expect(shown).toContain("tags.kkk");
    expect(Math.max(...shown.split("\n").map(({ length }) => length))).toBeLessThan(400);
  });
});
