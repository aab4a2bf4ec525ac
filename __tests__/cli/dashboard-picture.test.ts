import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dashboardPicture } from "../../cli/dashboard-picture/of-stage";
import { loadStages, stackName } from "../../config";
import { minimalService, stageWith, waysIn } from "../stage";

describe("the picture of a dashboard", () => {
  it("in the documentation is drawn from the definition as it is: npm run dashboard-picture", () => {
    const [stage] = loadStages().filter((each) => stackName(each) === "prod01-us-east-1");
    const drawn = stage && dashboardPicture(stage);
    expect(drawn).toBe(readFileSync(join(__dirname, "..", "..", "docs", "dashboard.svg"), "utf8"));
  });

  it("names panels, metrics and limits, and holds no reference of Terraform", () => {
    const drawn = dashboardPicture(stageWith({ ingress: waysIn.alb, operations: { alarms: {} } }));
    expect(drawn).toContain(">shop-orders-service-dev01<");
    expect(drawn).toContain(">CPUUtilization, Average (AWS/ECS)<");
    expect(drawn).toContain(">percent; alarm at 90<");
    expect(drawn).not.toMatch(/\$\{|TfToken|undefined/);
  });

  it("says how many services have no room in a panel", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const services = Object.fromEntries(names.map((name) => [name, { ...minimalService, routes: [`/${name}/*`] }]));
    expect(dashboardPicture(stageWith({ ingress: waysIn.alb, services, operations: {} }))).toContain(">and 2 more<");
  });

  it("is none for a stage that nobody watches", () => {
    expect(dashboardPicture(stageWith())).toBeUndefined();
  });
});
