import fc from "fast-check";
import { parseStage } from "../../schema/loader";
import { ConfigError } from "../../schema/problems";
import { Synthesized } from "../fixtures/synthesized";
import { reachesAws } from "./combined";
import { hostileStage, sampled, type Change } from "./stages";
import { textsOf } from "./synthesized-texts";

const file = "config/dev/dev01/us-east-1-dev01.ts";

describe("a stage file with hostile texts", () => {
  let refused = 0;
  const arrived: Change[] = [];

  it("is refused with the field's name, or keeps its texts unchanged", () => {
    fc.assert(
      fc.property(hostileStage, ({ input, changes }) => {
        const { stage, problems } = parseStage(file, input);
        if (stage === undefined || problems.length > 0) {
          expectRefusal(new ConfigError(problems), changes);
          refused += 1;
          return;
        }
        const texts = new Set(textsOf(new Synthesized(stage)));
        const expected = changes.filter(({ field }) => reachesAws(field));
        expect(
          expected.filter(({ text }) => !texts.has(text) && ![...texts].some((each) => each.includes(text))),
        ).toEqual([]);
        arrived.push(...expected);
      }),
      sampled,
    );
  });

  it("is generated often enough as accepted and as refused", () => {
    expect(refused).toBeGreaterThan(100);
    expect(arrived.length).toBeGreaterThan(30);
  });
});

function expectRefusal(error: ConfigError, changes: readonly Change[]): void {
  const { message, problems } = error;
  // One short line per problem, without a stack trace and without characters that a terminal interprets.
  expect(message).not.toMatch(/\n\s+at /);
  expect(message).toMatch(/^(?:[^\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|\n)*$/u);
  for (const line of message.split("\n")) expect(line.length).toBeLessThan(800);
  const places = changes.map(({ place }) => place);
  const named = problems.map(({ field }) => field);
  const isNamed = named.some((field) => places.some((place) => place.startsWith(field) || field.startsWith(place)));
  expect(isNamed ? [] : { named, places }).toEqual([]);
}
