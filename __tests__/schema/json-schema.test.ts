import { unsupportedKeyword } from "../../schema/json-schema";
import { parseStage } from "../../schema/loader";
import { minimalService, minimalStage } from "../fixtures/stage";

describe("the schema of a request body", () => {
  it.each<[object, string | undefined]>([
    [{ type: "object", required: ["minItems"], properties: { minItems: { enum: [{ $ref: "x" }] } } }, undefined],
    [{ type: "array", minItems: 1 }, "minItems"],
    [{ properties: { a: { items: { exclusiveMinimum: true } } } }, "exclusiveMinimum"],
    [{ allOf: [{}, { $ref: "#/definitions/a" }] }, "$ref"],
    [{ properties: { properties: { readOnly: true } } }, "readOnly"],
  ])("%j has the keyword %s that API Gateway does not validate", (schema, keyword) => {
    expect(unsupportedKeyword(schema)).toBe(keyword);
  });

  it("is refused with such a keyword", () => {
    const routes = [{ route: "POST /orders", required: { body: { type: "array", maxItems: 3 } } }];
    const services = { orders: { ...minimalService, routes } };
    const { problems } = parseStage("config/dev/dev01/us-east-1-dev01.ts", { ...minimalStage, services });
    expect(problems.map(({ message }) => message)).toEqual([
      'must not contain "maxItems", which API Gateway does not validate; remove it',
    ]);
  });
});
