import fc from "fast-check";
import { cron, schedule, timeZone } from "../../../schema/services/schedule";

const accepts = (text: string) => schedule.safeParse(text).success;

const numberField = (minimum: number, maximum: number) => {
  const number = fc.integer({ min: minimum, max: maximum });
  const range = fc.tuple(number, number).map((pair) => pair.toSorted((one, other) => one - other).join("-"));
  const item = fc.oneof(number.map(String), range);
  const list = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(","));
  return fc.oneof(
    fc.constant("*"),
    list,
    number.map((start) => `${start}/${maximum}`),
  );
};
const anyDay = fc.constant("?");
const dayOfMonth = fc.oneof(numberField(1, 28), fc.constantFrom("L", "15W"));
const dayOfWeek = fc.oneof(numberField(1, 7), fc.constantFrom("MON-FRI", "SUN", "MON,WED,FRI", "2#1", "6L"));
const days = fc.oneof(fc.tuple(dayOfMonth, anyDay), fc.tuple(anyDay, dayOfWeek));
const month = fc.oneof(numberField(1, 12), fc.constantFrom("JAN", "JAN-MAR", "JAN,JUL"));

const fields = fc
  .tuple(numberField(0, 59), numberField(0, 23), days, month, fc.constantFrom("*", "2190-2199"))
  .map(([minutes, hours, [inMonth, inWeek], months, years]) => [minutes, hours, inMonth, months, inWeek, years]);

const written = (parts: readonly string[]) => `cron(${parts.join(" ")})`;

describe("a cron expression", () => {
  it("is any six fields within their ranges, with one of the two days as ?", () => {
    fc.assert(fc.property(fields, (parts) => accepts(written(parts))));
  });

  it("is refused with an additional or a missing field", () => {
    fc.assert(fc.property(fields, (parts) => !accepts(written([...parts, "*"])) && !accepts(written(parts.slice(1)))));
  });

  it("is refused with both days, and with neither", () => {
    fc.assert(
      fc.property(fields, fc.constantFrom("?", "*"), (parts, day) => {
        const same = parts.map((part, index) => (index === 2 || index === 4 ? day : part));
        return !accepts(written(same));
      }),
    );
  });

  it("that is accepted has six fields with exactly one ?", () => {
    const junk = fc.stringMatching(/^[0-9*?,\/LW#A-Z-]{1,4}$/);
    const tried = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom("*", "0", "?", "1-5") }, junk), {
      minLength: 4,
      maxLength: 7,
    });
    fc.assert(
      fc.property(tried, (parts) => {
        if (!accepts(written(parts))) return true;
        return parts.length === 6 && parts.filter((part) => part === "?").length === 1;
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    "60 * * * ? *",
    "0 24 * * ? *",
    "0 0 0 * ? *",
    "0 0 32 * ? *",
    "0 0 * 13 ? *",
    "0 0 ? * 8 *",
    "0 0 ? * 2#6 *",
    "0 0 ? * FOO *",
    "*/0 * * * ? *",
    "30-10 * * * ? *",
    "MON * * * ? *",
    "0 0 ? * MON,,TUE *",
    "5* * * * ? *",
    "*,5 * * * ? *",
    "1-2-3 * * * ? *",
    "1/2/3 * * * ? *",
    "0 0 * * ?  *",
    "0 0 * * ? 2020",
    "0 0 * * ? 2200",
    "0 0 31 2 ? *",
    "0 0 31 4,6 ? *",
    "0 0 29 2 ? 2197",
  ])("is refused as %j, which AWS rejects or which has no future date", (expression) => {
    expect(accepts(`cron(${expression})`)).toBe(false);
  });

  it.each(["0 0 29 2 ? *", "0 0 31,1 2 ? *", "0 0 30 2,4 ? *", "0 0 29 2 ? 2196"])(
    "is accepted as %j, which happens now and then",
    (expression) => {
      expect(accepts(`cron(${expression})`)).toBe(true);
    },
  );

  it.each(["0 3 * * ? *", "cron(0 3 * * ? *"])("needs `cron()`, unlike %j", (text) => {
    expect(accepts(text)).toBe(false);
  });
});

describe("a rate", () => {
  const unit = fc.constantFrom("minute", "hour", "day");

  it("has a plural unit, except for 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10000 }), unit, (count, each) => {
        return accepts(`rate(${count} ${each}s)`) && !accepts(`rate(${count} ${each})`);
      }),
    );
    fc.assert(fc.property(unit, (each) => accepts(`rate(1 ${each})`) && !accepts(`rate(1 ${each}s)`)));
  });

  it.each([
    "rate(0 minutes)",
    "rate(-1 hours)",
    "rate(1.5 hours)",
    "rate(05 hours)",
    "rate(5 weeks)",
    "rate(5)",
    "at(1)",
  ])("is never %s", (text) => {
    expect(accepts(text)).toBe(false);
  });

  it("is refused together with scaling", () => {
    expect(cron.safeParse("rate(1 hour)").success).toBe(false);
  });
});

describe("a time zone", () => {
  it("is any of the IANA database", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Intl.supportedValuesOf("timeZone")), (name) => timeZone.safeParse(name).success),
    );
  });

  it.each(["UTC", "Asia/Kolkata", "Asia/Calcutta", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])(
    "may be %s",
    (name) => {
      expect(timeZone.safeParse(name).success).toBe(true);
    },
  );

  it.each(["", "Berlin", "Europe/Berln", "europe/berlin", "EUROPE/BERLIN", "Europe/berlin", "utc", "+01:00", "Local"])(
    "is never %j",
    (name) => {
      expect(timeZone.safeParse(name).success).toBe(false);
    },
  );
});
