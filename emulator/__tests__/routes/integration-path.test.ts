import { Reader } from "../../data-plane/reader";
import { Aws } from "../../models/aws";
import { Models } from "../../models/model";
import { restBlockedReason } from "../../routes/integration-path";

it("is blocked with a reason of its own when the URI of the integration is invalid", async () => {
  const proxy = { send: () => Promise.reject(new Error("no call is needed")) };
  const reader = new Reader(new Aws(new Models(""), proxy), proxy);
  const context = {
    reader,
    hopAllowed: () => Promise.resolve(undefined),
    accounts: () => [],
    region: "us-east-1",
    time: {},
  };
  const place = { context, scope: { account: "111122223333", region: "us-east-1" } };
  expect(await restBlockedReason(place, { type: "HTTP_PROXY", uri: "no url" }, {})).toBe(
    "the URI of the integration is invalid: no url",
  );
});
