import { Redaction } from "../../record/secrets";
import type { Model } from "../../models/model";

describe("the redaction of a call", () => {
  const redaction = (): Redaction => new Redaction({ shapes: {} } as Partial<Model> as Model); // it reads only shapes

  it("removes secrets in members whose names have separators, and user data", () => {
    const input = { ProviderDetails: { client_id: "shop", client_secret: "s3cret" }, UserData: "s3cret" };
    expect(redaction().structure("Input", input)).toEqual({
      ProviderDetails: { client_id: "shop", client_secret: "(removed)" },
      UserData: "(removed)",
    });
  });

  it("removes the parameters of a CloudFormation stack, and keeps those of a database", () => {
    const input = { ParameterKey: "Password", ParameterValue: "s3cret" };
    const of = (name: string): Redaction => new Redaction({ name, shapes: {} } as Partial<Model> as Model); // as above
    expect(of("cloudformation").structure("Parameter", input)).toEqual({ ...input, ParameterValue: "(removed)" });
    expect(of("rds").structure("Parameter", input)).toEqual(input);
  });

  it("removes the password of a URL, and keeps its rest", () => {
    const input = { Url: "https://shop:s3cret@example.com:8443/a@b" };
    expect(redaction().structure("Input", input)).toEqual({ Url: "https://shop:(removed)@example.com:8443/a@b" });
  });
});
