import { parseStage } from "../../schema/loader";
import { minimalStage } from "../fixtures/stage";

const problemsOf = (monitoring: unknown) =>
  parseStage("config/dev/dev01/us-east-1-dev01.ts", { ...minimalStage, monitoring }).problems.map(
    ({ field, message }) => `${field} ${message}`,
  );
const email = ["a@example.com"];

describe("the monitoring of a stage", () => {
  it("may be an empty object", () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ alarms: {}, budget: { monthlyUsd: 1, email } })).toEqual([]);
  });

  it.each([
    [{ alarms: { email: ["nobody"] } }, /email\[0\] must be an e-mail address; write one such as "team@example\.com"/],
    [{ alarms: { email: [...email, ...email] } }, /email must not contain the same address twice; write each once/],
    [
      { alarms: { https: ["http://example.com"] } },
      /https\[0\] must be an HTTPS URL; write one such as "https:\/\/events\.example\.com\/sns"/,
    ],
    [
      { alarms: { https: ["https://example.com/${x}"] } },
      /https\[0\] must be an HTTPS URL; write one such as "https:\/\/events\.example\.com\/sns"/,
    ],
    [{ alarms: { chat: "irc" } }, /chat must be one of "slack", "google-chat", "teams"/],
    [{ alarms: { notifications: "none" } }, /notifications must be one of "each-service", "each-alarm"/],
    [{ alarms: { services: { cpuPercent: 101 } } }, /cpuPercent must be a whole number from 1 to 100/],
    [{ alarms: { postgres: { connectionsPercent: 0 } } }, /postgres\.connectionsPercent must be a whole number/],
    [{ alarms: { redis: { evictions: -1 } } }, /redis\.evictions must be a whole number/],
    [{ alarms: { tables: { throttledRequests: "few" } } }, /tables\.throttledRequests must be a whole number/],
    [{ alarms: { databaseEvents: 1 } }, /databaseEvents must be true or false/],
    [{ alarms: { api: { latencyMs: 0 } } }, /latencyMs must be a whole number/],
    [{ alarms: { certificateDays: 0 } }, /certificateDays must be a whole number/],
    [{ alarms: { anomalies: { deviations: 0 } } }, /deviations must be a whole number/],
    [{ logs: { errorPattern: " " } }, /errorPattern must not begin or end with a space, which .*; remove it/],
    [{ logs: { errorPattern: "ERROR " } }, /errorPattern must not begin or end with a space, which .*; remove it/],
    [{ logs: { errorPattern: "" } }, /errorPattern must not be empty, which would match every line; write a pattern/],
    [
      { logs: { errorPattern: "${x}" } },
      /errorPattern must not contain a Terraform template \(\$\{ or %\{\); write plain text/,
    ],
    [{ budget: { monthlyUsd: 1 } }, /budget\.email must be a list; write a list of e-mail addresses/],
    [{ budget: { monthlyUsd: 1, email: [] } }, /email must not be empty; write one e-mail address/],
    [
      { budget: { monthlyUsd: 1, email, actualPercent: [80, 80] } },
      /actualPercent must not contain the same percentage twice/,
    ],
    [
      { budget: { monthlyUsd: 1, email, actualPercent: [1, 2, 3, 4, 5] } },
      /actualPercent and forecastedPercent must hold 1 to 5 percentages in all; add or remove some/,
    ],
    [
      { budget: { monthlyUsd: 1, email, actualPercent: [], forecastedPercent: [] } },
      /actualPercent and forecastedPercent must hold 1 to 5 percentages in all; add or remove some/,
    ],
    [
      { budget: { monthlyUsd: 1, email: Array.from({ length: 11 }, (_, index) => `a${index}@example.com`) } },
      /at most 10/,
    ],
    [
      { costAnomalies: { email } },
      /costAnomalies is a setting of the account, not of a stage; move it to the account file, config\/accounts\//,
    ],
    [{ pager: true }, /monitoring\.pager is not a field of a stage file/],
  ])("is refused when it is %j", (monitoring, message) => {
    expect(problemsOf(monitoring)).toEqual([expect.stringMatching(message)]);
  });
});
