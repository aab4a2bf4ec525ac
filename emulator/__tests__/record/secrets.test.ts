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

  it("removes what the key of a map names a secret, and keeps such members of structures", () => {
    const shapes = {
      Input: { type: "structure", members: { Attributes: { shape: "Map" } } },
      Map: { type: "map", key: { shape: "String" }, value: { shape: "String" } },
    };
    const model = { name: "sns", shapes } as Partial<Model> as Model; // as above
    const names = ["PlatformCredential", "PlatformPrincipal", "Token", "x-api-key", "db_secret", "Signing-Key"];
    const secrets = Object.fromEntries(names.map((name) => [name, "s3cret"]));
    const kept = { EventEndpointCreated: "arn:aws:sns:us-east-1:111122223333:created", KmsMasterKeyId: "alias/orders" };
    expect(
      new Redaction(model).structure("Input", { Attributes: { ...secrets, ...kept }, credentials: "arn" }),
    ).toEqual({
      Attributes: { ...Object.fromEntries(names.map((name) => [name, "(removed)"])), ...kept },
      credentials: "arn",
    });
  });

  it("removes the value of a variable that names a secret, and keeps those of others", () => {
    const environment = [
      { name: "STRIPE_API_KEY", value: "s3cret" },
      { name: "LOG_LEVEL", value: "info" },
    ];
    const [secret, level] = environment;
    expect(redaction().structure("Input", { environment })).toEqual({
      environment: [{ ...secret, value: "(removed)" }, level],
    });
    expect(redaction().structure("Input", { name: "apiToken", value: "s3cret" })).toMatchObject({ value: "(removed)" });
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
