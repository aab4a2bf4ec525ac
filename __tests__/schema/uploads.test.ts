import { uploads } from "../../schema/ingress/uploads";
import { typesOf } from "../../stacks/ingress/web-acl/rules";

const png = { contentTypes: ["image/png"] };

function problems(fields: object): string[] {
  const { error } = uploads.safeParse({ ...png, ...fields });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("uploads", () => {
  it("require only the accepted types", () => {
    expect(uploads.parse(png)).toEqual({
      path: "/upload/{key}",
      maximumBytes: 10485760,
      contentTypes: ["image/png"],
      scopes: [],
    });
    expect(uploads.safeParse({}).success).toBe(false);
  });

  it.each<[string, object]>([
    ["a path of several segments", { path: "/v1/files.d/{file_id}" }],
    ["a smaller limit", { maximumBytes: 1 }],
    ["public: true", { public: true }],
  ])("may have %s", (_, fields) => {
    expect(problems(fields)).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ["an unknown field", { maxBytes: 1 }, /maxBytes/],
    [
      "a path without a parameter",
      { path: "/upload" },
      /^path: must be a path that ends with a parameter; write one such as/,
    ],
    [
      "a path of a parameter only",
      { path: "/{key}" },
      /^path: must be a path that ends with a parameter; write one such as/,
    ],
    [
      "a path with two parameters",
      { path: "/{user}/{key}" },
      /^path: must be a path that ends with a parameter; write one such as/,
    ],
    [
      "a greedy path",
      { path: "/upload/{key+}" },
      /^path: must be a path that ends with a parameter; write one such as/,
    ],
    [
      "a template in a path",
      { path: "/${path}/{key}" },
      /^path: must be a path that ends with a parameter; write one such as/,
    ],
    [
      "a path of 129 characters",
      { path: `/${"a".repeat(122)}/{key}` },
      /^path: is too long for a WAF rule; write at most 128 characters/,
    ],
    ["maximumBytes 10485761", { maximumBytes: 10485761 }, /^maximumBytes: must be .* to 10485760/],
    ["maximumBytes 0", { maximumBytes: 0 }, /^maximumBytes: must be a whole number from 1/],
    ["empty contentTypes", { contentTypes: [] }, /^contentTypes: must not be empty; write the accepted media types/],
    [
      "the same content type twice",
      { contentTypes: ["image/png", "image/png"] },
      /^contentTypes: must not contain the same type twice; write each once/,
    ],
    [
      "a template in a scope",
      { scopes: ["${scope}"] },
      /^scopes.0: must not contain a Terraform template \(\$\{ or %\{\); write plain text/,
    ],
    ["public: false", { public: false }, /^public: must be true; write true, or leave it out/],
  ])("refuse %s", (_, fields, message) => {
    expect(problems(fields)).toEqual([expect.stringMatching(message)]);
  });
});

describe("the content types of uploads", () => {
  it.each([
    "application/pdf",
    "application/json",
    "application/postscript",
    "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "image/jpeg",
    "text/csv",
    "text/plain",
    "video/3gpp",
  ])("may be %s", (type) => {
    expect(problems({ contentTypes: [type] })).toEqual([]);
  });

  it.each([
    "text/html",
    "application/xhtml+xml",
    "image/svg+xml",
    "application/xml",
    "text/xml",
    "text/xsl",
    "application/mathml+xml",
    "text/javascript",
    "application/javascript",
    "application/x-javascript",
    "text/ecmascript",
    "text/jscript",
  ])("do not include %s, which browsers execute", (type) => {
    expect(problems({ contentTypes: [type] })).toEqual([
      expect.stringMatching(
        /^contentTypes.0: must be a media type that browsers do not execute; write one such as "image\/png", without/,
      ),
    ]);
  });

  it.each(["image/*", "*/*", "image/png; charset=x", "Image/PNG", "image", ""])("are exact, unlike %j", (type) => {
    expect(problems({ contentTypes: [type] })).toEqual([
      expect.stringMatching(
        /^contentTypes.0: must be a media type that browsers do not execute; write one such as "image\/png", without/,
      ),
    ]);
  });

  it("fit into the WAF rule, or are refused", () => {
    const office = ["wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation"].flatMap((kind) =>
      ["", ".a", ".b"].map((end) => `application/vnd.openxmlformats-officedocument.${kind}${end}`),
    );
    const accepted = office.filter((_, index) => problems({ contentTypes: office.slice(0, index + 1) }).length === 0);
    expect(accepted.length).toBeGreaterThan(5);
    expect(typesOf({ contentTypes: accepted }).length).toBeLessThanOrEqual(512);
    expect(problems({ contentTypes: office })).toEqual([
      expect.stringMatching(/^contentTypes: is too long for a WAF rule; write fewer types, or shorter ones/),
    ]);
  });
});
