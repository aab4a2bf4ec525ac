import { setTimeout as sleep } from "node:timers/promises";
import type { Ask } from "../../iam/call";
import { roleNameOf, Roles } from "../../iam/roles";
import type { Reply } from "../../proxy/gap";
import { account, answers } from "./modelled-call";

const name = { account, name: "deploy" };
const arn = `arn:aws:iam::${account}:role/deploy`;
const document = (Action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const reply = (status: number): Reply => ({ status, headers: {}, body: Buffer.alloc(0) });

/** IAM with one role, whose inline policy allows one action, and the number of times that the role was read. */
function iamWith(action: string) {
  const state = { exists: true, action, count: 0 };
  const ask: Ask = (model, operation, input) => {
    if (operation === "GetRole") state.count++;
    return answers({
      ...(state.exists && { "iam:GetRole deploy": { Role: { Arn: arn } } }),
      "iam:ListRolePolicies": { PolicyNames: ["own"] },
      "iam:ListAttachedRolePolicies": { AttachedPolicies: [] },
      "iam:GetRolePolicy": { PolicyDocument: document(state.action) },
    })(model, operation, input);
  };
  return { state, ask };
}

const allowed = async (roles: Roles) => {
  const role = await roles.inEffect(name);
  return (await role?.permissions())?.identity.flatMap((policy) => policy.document.statements[0]?.actions ?? []);
};

describe("the roles of IAM", () => {
  it("are read once until a write", async () => {
    const { state, ask } = iamWith("sqs:*");
    const roles = new Roles(() => ask);
    await roles.current(name);
    await roles.current(name);
    expect(state.count).toBe(1);
    await roles.write(account, { RoleName: "other" }, () => Promise.resolve(reply(200)));
    await roles.current(name);
    expect(state.count).toBe(1);
    await roles.write(account, { RoleName: "deploy" }, () => Promise.resolve(reply(200)));
    await roles.current(name);
    expect(state.count).toBe(2);
  });

  it("are all read again after a write to a managed policy, which any of them may have", async () => {
    const { state, ask } = iamWith("sqs:*");
    const roles = new Roles(() => ask);
    await roles.current(name);
    await roles.write(account, { PolicyArn: "arn:aws:iam::aws:policy/x" }, () => Promise.resolve(reply(200)));
    await roles.current(name);
    expect(state.count).toBe(2);
  });

  it("are looked up again as long as they do not exist", async () => {
    const { state, ask } = iamWith("sqs:*");
    state.exists = false;
    const roles = new Roles(() => ask);
    expect(await roles.current(name)).toBeUndefined();
    state.exists = true;
    expect(await roles.current(name)).toMatchObject({ arn });
  });

  it("do not keep a failure to read their policies", async () => {
    const { ask } = iamWith("sqs:*");
    let fails = true;
    const roles = new Roles(() => (model, operation, input) => {
      if (fails && operation === "GetRolePolicy") return Promise.reject(new Error("busy"));
      return ask(model, operation, input);
    });
    await expect(allowed(roles)).rejects.toThrow("busy");
    fails = false;
    expect(await allowed(roles)).toEqual(["sqs:*"]);
  });

  it("have the permissions from before a write until it takes effect", async () => {
    const { state, ask } = iamWith("sqs:*");
    const roles = new Roles(() => ask, 0.2);
    await roles.write(account, { RoleName: "deploy", PolicyName: "own" }, () => {
      state.action = "ecs:*";
      return Promise.resolve(reply(200));
    });
    expect(await allowed(roles)).toEqual(["sqs:*"]);
    await sleep(250);
    expect(await allowed(roles)).toEqual(["ecs:*"]);
  });

  it("take effect one write after the other", async () => {
    const { state, ask } = iamWith("a:*");
    const roles = new Roles(() => ask, 0.3);
    const put = (action: string) =>
      roles.write(account, { RoleName: "deploy" }, () => {
        state.action = action;
        return Promise.resolve(reply(200));
      });
    await put("b:*");
    await sleep(150);
    await put("c:*");
    expect(await allowed(roles)).toEqual(["a:*"]);
    await sleep(200);
    expect(await allowed(roles)).toEqual(["b:*"]);
    await sleep(150);
    expect(await allowed(roles)).toEqual(["c:*"]);
  });

  it("do not exist until their creation takes effect, and exist until their deletion does", async () => {
    const { state, ask } = iamWith("sqs:*");
    state.exists = false;
    const roles = new Roles(() => ask, 0.2);
    const write = (exists: boolean) =>
      roles.write(account, { RoleName: "deploy" }, () => {
        state.exists = exists;
        return Promise.resolve(reply(200));
      });
    await write(true);
    expect(await roles.inEffect(name)).toBeUndefined();
    expect(await roles.current(name)).toMatchObject({ arn });
    await sleep(250);
    expect(await roles.inEffect(name)).toMatchObject({ arn });
    await write(false);
    expect(await roles.inEffect(name)).toMatchObject({ arn });
    await sleep(250);
    expect(await roles.inEffect(name)).toBeUndefined();
  });

  it("do not change by a write that is refused", async () => {
    const { state, ask } = iamWith("sqs:*");
    const roles = new Roles(() => ask, 60);
    await roles.write(account, { RoleName: "deploy" }, () => Promise.resolve(reply(400)));
    state.action = "ecs:*";
    expect(await allowed(roles)).toEqual(["ecs:*"]);
  });
});

it.each([
  ["arn:aws:iam::111122223333:role/pipeline/dev/deploy", { account: "111122223333", name: "deploy" }],
  ["arn:aws-cn:iam::111122223333:role/deploy", { account: "111122223333", name: "deploy" }],
  ["arn:aws:iam::111122223333:user/deploy", undefined],
  ["deploy", undefined],
])("the account and the name of %s are %j", (text, expected) => {
  expect(roleNameOf(text)).toEqual(expected);
});
