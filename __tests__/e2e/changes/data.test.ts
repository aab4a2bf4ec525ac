import { base, networkAt, web, type Content } from "./content";
import { describeWalks } from "./describe-walks";

const small: Content = { ...base, network: networkAt("10.80.0.0/16"), services: { orders: web } };

describeWalks("changes of data services and monitoring", [
  {
    stage: "small",
    first: small,
    steps: [
      {
        name: "environment of a service",
        content: { ...small, services: { orders: { ...web, environment: { A: "b" } } } },
      },
    ],
  },
]);
