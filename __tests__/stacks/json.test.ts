import { decoded } from "../fixtures/synthesized";
import { stackOf } from "../fixtures/stage";

describe("JSON that Terraform encodes", () => {
  it("keeps quotes, backslashes and line breaks, in names and in values", () => {
    const body = { 'a "quoted" \\ name\n': { enum: ['a "quoted" \\ value\n', "\\"] } };
    const stack = stackOf({ routes: [{ route: "POST /orders", required: { body } }] });
    const [model] = Object.values(stack.all("aws_api_gateway_model"));
    expect(decoded(model?.schema)).toMatchObject(body);
  });
});
