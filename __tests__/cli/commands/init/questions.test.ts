import { Interview, type Prompts } from "../../../../cli/commands/init/interview";
import { askAll, type Flags } from "../../../../cli/commands/init/questions";

const required: Flags = {
  app: "shop",
  region: ["eu-central-1"],
  environments: ["test", "live"],
  account: ["test=111111111111", "live=222222222222"],
};

/** The answers to options, without a terminal. */
const ask = (flags: Flags, gitEmail?: string) => askAll(flags, new Interview(undefined, true), gitEmail);

/** A user who takes each default, and types `typed` where there is none; records the questions. */
function typist(typed: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const prompts: Prompts = {
    text: ({ message, initial, problem }) => {
      asked.push(message);
      const [, answer] = Object.entries(typed).find(([part]) => message.includes(part)) ?? [];
      expect(problem(answer ?? initial ?? "")).toBeUndefined();
      return Promise.resolve(answer ?? initial ?? "");
    },
    choice: ({ message, initial }) => {
      asked.push(message);
      return Promise.resolve(initial);
    },
    several: ({ message, initial }) => {
      asked.push(message);
      return Promise.resolve(initial);
    },
  };
  return { asked, prompts };
}

describe("the questions of npm run init", () => {
  it("take the defaults of what the options do not say", async () => {
    expect(await ask(required)).toEqual({
      app: "shop",
      owner: "shop-team",
      regions: ["eu-central-1"],
      environments: [
        {
          name: "test",
          stage: "test01",
          production: false,
          postgres: false,
          accountId: "111111111111",
          bucket: "shop-terraform-state-111111111111",
        },
        {
          name: "live",
          stage: "live01",
          production: true,
          postgres: true,
          accountId: "222222222222",
          bucket: "shop-terraform-state-222222222222",
        },
      ],
      state: { backend: "s3" },
      gitlabProject: "shop/shop",
      ingress: "rest-api",
      cidr: "10.20.0.0/16",
    });
  });

  it("take what the options say", async () => {
    const answers = await ask({
      ...required,
      environments: ["test=qa7", "live"],
      region: ["eu-central-1", "eu-west-1"],
      production: ["test"],
      postgres: ["none"],
      ingress: "alb",
      domain: ["test=api.qa.shop.test", "live=shop.test"],
      hostedZone: ["test=shop.test"],
      bucket: ["live=our-state"],
      state: "gitlab",
      gitlab: "group/sub/shop",
      gitlabProjectId: "42",
      owner: "Team 7",
      email: "on-call@shop.test",
      cidr: "10.64.0.0/20",
    });
    expect(answers).toMatchObject({
      regions: ["eu-central-1", "eu-west-1"],
      environments: [
        {
          stage: "qa7",
          production: true,
          postgres: false,
          domain: { name: "api.qa.shop.test", hostedZone: "shop.test" },
        },
        {
          stage: "live01",
          production: false,
          bucket: "our-state",
          domain: { name: "shop.test", hostedZone: "shop.test" },
        },
      ],
      ingress: "alb",
      state: { backend: "gitlab", projectId: 42 },
      gitlabProject: "group/sub/shop",
      owner: "Team 7",
      email: "on-call@shop.test",
      cidr: "10.64.0.0/20",
    });
  });

  it("report every required option that is missing, with an example", async () => {
    await expect(ask({ environments: ["test", "live"], ingress: "nlb", state: "gitlab" })).rejects.toThrow(
      [
        "--app is missing; write it, such as --app shop",
        "--region is missing; write it, such as --region eu-central-1",
        "--account is missing; write it, such as --account test=111122223333",
        "--account is missing; write it, such as --account live=111122223333",
        "--domain is missing; write it, such as --domain test=api.test.shop.test",
        "--domain is missing; write it, such as --domain live=api.live.shop.test",
        "--gitlab-project-id is missing; write it, such as --gitlab-project-id 42",
      ].join("\n"),
    );
  });

  const bad: readonly (readonly [flags: Flags, message: string])[] = [
    [{ app: "My Shop" }, '--app "My Shop" must be a name; write lower-case letters, digits and single dashes'],
    [{ app: "constructor" }, '--app "constructor" cannot be the name of a construct; choose another'],
    [
      { environments: ["constructor", "dev"] },
      '--environments "constructor" cannot be the name of a construct; choose another one',
    ],
    [{ region: [""] }, "--region must name a region; write one such as eu-central-1"],
    [{ region: ["eu-central-1a"] }, '--region "eu-central-1a" must be an AWS region; did you mean "eu-central-1"?'],
    [{ region: ["us-east1"] }, '--region "us-east1" must be an AWS region'],
    [{ region: ["eu-west-1", "eu-west-1"] }, '--region "eu-west-1" is written twice'],
    [{ region: ["eu-west-1", "us-gov-west-1"] }, '--region "us-gov-west-1" cannot be in the accounts of eu-west-1'],
    [{ environments: ["test", "accounts"] }, '--environments "accounts" is the folder of the account files'],
    [{ environments: ["test", "test"] }, '--environments "test" is the name of two'],
    [{ environments: ["test=a1", "live=a1"] }, '--environments "a1" is the name of two'],
    [{ environments: ["test=Blue"] }, '--environments "Blue" must be the name of a stage'],
    [{ environments: ["test=a1=b"] }, '--environments "a1=b" must be the name of a stage'],
    [{ environments: ["test", "none"] }, '--environments "none" means no environment in other options'],
    [{ environments: [""] }, "--environments must name an environment; write one such as dev"],
    [{ environments: ["__proto__"] }, '--environments "__proto__" must be a name'],
    [{ production: ["prod"] }, '--production "prod" must be an environment; write one of test, live, or none'],
    [{ account: ["test=1", "live=222222222222"] }, '--account "1" must be an account ID'],
    [{ account: ["test=11111111111", "live=222222222222"] }, '--account "11111111111" must be an account ID'],
    [{ account: ["test=1111-1111-1111", "live=222222222222"] }, '--account "1111-1111-1111" must be an account ID'],
    [
      { account: ["test=111111111111", "test=333333333333", "live=222222222222"] },
      '--account "test=333333333333" is a second value of test; write one',
    ],
    [{ account: ["111111111111"] }, '--account "111111111111" must be <environment>=<value>'],
    [
      { account: ["dev=111111111111"] },
      '--account "dev=111111111111" must be <environment>=<value>; the environments are test, live',
    ],
    [{ bucket: ["test=A"] }, '--bucket "A" must be a bucket name'],
    [
      { account: ["test=111111111111", "live=111111111111"], bucket: ["live=other-state"] },
      '--bucket "other-state" is a second bucket of account 111111111111',
    ],
    [
      { bucket: ["test=our-state", "live=our-state"] },
      '--bucket "our-state" is also the bucket of account 111111111111, and belongs to one account only',
    ],
    [{ ingress: "grpc" }, '--ingress "grpc" must be one of rest-api, http-api, alb, nlb'],
    [{ domain: ["test=shop"] }, '--domain "shop" must be a host name'],
    [
      { domain: ["test=api.shop.test"], hostedZone: ["test=other.test"] },
      '--hosted-zone "other.test" must contain the domain',
    ],
    [{ hostedZone: ["test=shop.test"] }, "--hosted-zone of test needs its --domain"],
    [{ state: "consul" }, '--state "consul" must be one of s3, gitlab'],
    [{ state: "gitlab", gitlabProjectId: "x" }, '--gitlab-project-id "x" must be a project ID'],
    [{ gitlabProjectId: "42" }, '--gitlab-project-id "42" needs --state gitlab; write both'],
    [
      { production: ["none"], email: "on-call@shop.test" },
      '--email "on-call@shop.test" receives alarms of production; write --production',
    ],
    [{ gitlab: "shop" }, '--gitlab "shop" must be the path of a project'],
    [{ owner: "a\u0000" }, '--owner "a\u0000" must not contain'],
    [{ email: "on-call" }, '--email "on-call" must be an e-mail address'],
    [{ cidr: "10.20.0.1/16" }, '--cidr "10.20.0.1/16" must not contain host bits; use "10.20.0.0/16"'],
    [
      { cidr: "10.255.0.0/16" },
      '--cidr "10.255.0.0/16" must leave room for the VPC of each stage in private addresses; write one such as 10.20.0.0/16',
    ],
  ];

  it.each(bad)("refuse %j", async (flags, message) => {
    await expect(ask({ ...required, ...flags })).rejects.toThrow(message);
  });

  it("report a bad answer once, and not the defaults that are made of it", async () => {
    await expect(ask({ ...required, production: ["none", "live"] })).rejects.toThrow(
      /^--production "none" must be an environment; write one of test, live, or none$/,
    );
  });

  it("take a list with a comma at its end", async () => {
    const answers = await ask({ ...required, environments: ["test", "live", ""], region: ["eu-central-1", ""] });
    expect([answers.environments.map(({ name }) => name), answers.regions]).toEqual([
      ["test", "live"],
      ["eu-central-1"],
    ]);
  });

  it.each([
    ["api.test.shop.com", "test.shop.com"],
    ["api.shop.com", "shop.com"],
    ["shop.com", "shop.com"],
    ["api.shop.co.uk", "shop.co.uk"],
    ["shop.co.uk", "shop.co.uk"],
    ["shop.com.au", "shop.com.au"],
    ["shop.or.jp", "shop.or.jp"],
    ["api.shop.de", "shop.de"],
  ])("propose for %s the hosted zone %s, which is not that of a registry", async (domain, hostedZone) => {
    const { environments } = await ask({ ...required, domain: [`test=${domain}`] });
    expect(environments[0]?.domain).toEqual({ name: domain, hostedZone });
  });

  it("propose the e-mail address of Git for the alarms of production, when AWS accepts it", async () => {
    expect((await ask(required, "ada@shop.test")).email).toBe("ada@shop.test");
    expect((await ask(required, "root@localhost")).email).toBeUndefined();
    expect((await ask({ ...required, production: ["none"] }, "ada@shop.test")).email).toBeUndefined();
  });

  it("keep two environments of one account in its one bucket", async () => {
    const account = ["test=111111111111", "live=111111111111"];
    const { environments } = await ask({ ...required, account, bucket: ["test=our-state"] });
    expect(environments.map(({ bucket }) => bucket)).toEqual(["our-state", "our-state"]);
  });

  it("are asked in a terminal, one after the other", async () => {
    const { asked, prompts } = typist({ "Name of": "shop", region: "eu-central-1", "account of": "111111111111" });
    const answers = await askAll({}, new Interview(prompts, false));
    expect(answers.environments.map(({ name }) => name)).toEqual(["dev", "prod"]);
    expect(asked).toHaveLength(14);
  });

  it("are asked with --yes only when they have no default", async () => {
    const { asked, prompts } = typist({ "Name of": "shop", region: "eu-central-1", "account of": "111111111111" });
    await askAll({}, new Interview(prompts, true));
    expect(asked.map((message) => message.split(" ").slice(0, 4).join(" "))).toEqual([
      "Name of the product,",
      "AWS region (several: separated",
      "AWS account of dev",
      "AWS account of prod",
    ]);
  });

  it("are not asked after a bad option", async () => {
    const { asked, prompts } = typist({});
    await expect(askAll({ app: "My Shop" }, new Interview(prompts, false))).rejects.toThrow('--app "My Shop"');
    expect(asked).toEqual([]);
  });
});
