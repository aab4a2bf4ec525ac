import { minimalService, stageWith } from "../fixtures/stage";
import { Synthesized } from "../fixtures/synthesized";

describe("the stack of a stage", () => {
  it("allows one account only, and exactly the tested release of the AWS provider", () => {
    const { provider, terraform } = new Synthesized(stageWith()).json;
    expect(provider).toMatchObject({ aws: [{ region: "us-east-1", allowed_account_ids: ["111122223333"] }] });
    expect(terraform).toMatchObject({
      required_version: ">= 1.10.0",
      required_providers: { aws: { version: "5.100.0" } },
    });
  });

  it("allows the releases that its file chooses", () => {
    const { terraform } = new Synthesized(stageWith({ providerVersion: "~> 6.25" })).json;
    expect(terraform).toMatchObject({ required_providers: { aws: { version: "~> 6.25" } } });
  });

  it("tags everything with the app, environment, stage and owner, beside the stage's own tags", () => {
    const { provider } = new Synthesized(stageWith({ tags: { cost: "42" } })).json;
    expect(provider).toMatchObject({
      aws: [
        {
          default_tags: [
            {
              tags: {
                app: "shop",
                environment: "dev",
                stage: "dev01",
                owner: "team",
                "managed-by": "terraform",
                cost: "42",
              },
            },
          ],
        },
      ],
    });
  });

  it("has an output that allows data loss only when the stage does", () => {
    const outputOf = (fields: object) => new Synthesized(stageWith(fields)).json.output.data_protection;
    expect(outputOf({})).toBeUndefined();
    expect(outputOf({ allowDataLoss: true })).toMatchObject({ value: "off" });
  });

  it("assumes no role unless one is given", () => {
    expect(JSON.stringify(new Synthesized(stageWith()).json)).not.toContain('assume_role"');
    const assumeRoleArn = "arn:aws:iam::111122223333:role/deploy";
    expect(new Synthesized(stageWith({ assumeRoleArn })).json.provider).toMatchObject({
      aws: [{ assume_role: [{ role_arn: assumeRoleArn }] }],
    });
  });

  it("keeps its state in S3: encrypted, locked by a file, under a key of its own", () => {
    const state = { backend: "s3", bucket: "state-bucket", region: "eu-west-1" } as const;
    expect(new Synthesized(stageWith({ state })).json.terraform).toMatchObject({
      backend: {
        s3: {
          bucket: "state-bucket",
          region: "eu-west-1",
          key: "shop/dev01/us-east-1/terraform.tfstate",
          encrypt: true,
          use_lockfile: true,
        },
      },
    });
  });

  it("uses assume_role for the state bucket, as Terraform 1.10 refuses role_arn", () => {
    const assumeRoleArn = "arn:aws:iam::111122223333:role/state";
    const state = { backend: "s3", bucket: "state-bucket", region: "eu-west-1", assumeRoleArn } as const;
    const { terraform } = new Synthesized(stageWith({ state })).json;
    expect(terraform).toMatchObject({ backend: { s3: { assume_role: { role_arn: assumeRoleArn } } } });
    expect(terraform).not.toHaveProperty("backend.s3.role_arn");
  });

  it("keeps its state in GitLab with full URLs, locked, and without credentials", () => {
    const state = { backend: "gitlab", projectId: 42 } as const;
    const address = "https://gitlab.com/api/v4/projects/42/terraform/state/shop-dev01-us-east-1";
    expect(new Synthesized(stageWith({ state })).json.terraform).toMatchObject({
      backend: {
        http: {
          address,
          lock_address: `${address}/lock`,
          lock_method: "POST",
          unlock_address: `${address}/lock`,
          unlock_method: "DELETE",
          retry_wait_min: 5,
        },
      },
    });
    expect(() => stageWith({ state: { ...state, url: "https://user:secret@gitlab.com" } })).toThrow(/must be a URL/);
    expect(JSON.stringify(new Synthesized(stageWith({ state })).json.terraform)).not.toMatch(/username|password/);
  });

  it("can keep its state in a local file", () => {
    const { terraform } = new Synthesized(stageWith({ state: { backend: "local", path: "a.tfstate" } })).json;
    expect(terraform).toMatchObject({ backend: { local: { path: "a.tfstate" } } });
  });

  it("has outputs with plain names", () => {
    const services = { "order-items": minimalService };
    expect(Object.keys(new Synthesized(stageWith({ services })).json.output).sort()).toEqual([
      "api_url",
      "cluster_name",
      "order_items_log_group",
      "order_items_repository_url",
      "order_items_service_name",
    ]);
  });

  it("has addresses that follow construct paths", () => {
    const { addresses } = new Synthesized(stageWith());
    expect(addresses).toContain("aws_ecs_service.services_orders");
    expect(addresses).toContain("aws_lb.ingress_nlb");
    expect(addresses.filter((address) => /[0-9A-F]{8}$/.test(address))).toEqual([]);
    expect(addresses.filter((address) => /dev01|us-east-1/.test(address))).toEqual([]);
  });

  it("changes nothing of a service when another is added", () => {
    const orders = { ...minimalService, routes: ["/orders/*"] };
    const users = { ...minimalService, routes: ["/users/*"], listenerPort: 8081 };
    const one = new Synthesized(stageWith({ services: { orders } }));
    const two = new Synthesized(stageWith({ services: { users, orders } }));
    const changed = one.addresses.filter(
      (address) => JSON.stringify(one.resource(address)) !== JSON.stringify(two.resource(address)),
    );
    expect(changed).toEqual(["aws_api_gateway_rest_api.ingress"]);
  });
});
