const large = /^(large|([23468]|1[026]|24|32|48|96)?xlarge|metal(-\d\dxl)?)$/;

/** The sizes of each family of instance classes, past ones included. */
const classes = [
  [/^t1$/, /^micro$/],
  [/^(t2|t3|t4g)$/, /^(micro|small|medium|large|xlarge|2xlarge)$/],
  [/^m1$/, /^(small|medium|large|xlarge)$/],
  [/^(m3|c6gd)$/, /^(medium|large|(2|4|8|12|16)?xlarge)$/],
  [/^(m[245]|m5d|m6gd?|m6id?|m6idn|m6in|m7g|m7i|m8a|m8gd?|m8i)$/, large],
  [/^(r[345]|r5b|r5d|r6gd?|r6id?|r6idn|r6in|r7g|r7i|r8a|r8gd?|r8i)$/, large],
  [/^(x1e?|x2gd?|x2idn|x2iedn|x2iezn|z1d)$/, large],
] as const;

/** `.tpc2.mem4x`: threads of a core and memory of an instance class for Oracle. */
const oracleMemory = /\.tpc[12]\.mem[2-8]x$/;

/**
 * Whether RDS has an instance class, for whichever engine.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html
 */
export function isInstanceClass(name: string): boolean {
  if (name === "db.serverless") return true;
  const [db, family = "", size = "", ...rest] = name.replace(oracleMemory, "").split(".");
  if (db !== "db" || rest.length > 0) return false;
  return classes.some(([families, sizes]) => families.test(family) && sizes.test(size));
}

/** The classes of each engine and version that do not have all of them; those of RDS have no db.serverless. */
const limited = [
  [/^(postgres|mysql|mariadb)$/, /./, /^db\.(?!serverless)/],
  // The default version of Postgres is later than 12 as well.
  [/^postgres$/, /^(?!9|1[0-2]\b)/, /^db\.(?!t2\.)/],
  [/^aurora-postgresql$/, /./, /^db\.(?!t)|^db\.t(3|4g)\.(medium|large)$/],
  [/^aurora-mysql$/, /./, /^db\.(?!t)|^db\.t(2|3|4g)\.(small|medium|large)$/],
] as const;

/** Whether an engine has an instance class; with no version it has the default one. */
export function isClassOfEngine(engine: string, version: string, name: string): boolean {
  if (name === "") return true;
  return limited.every(
    ([engines, versions, classes]) =>
      !engines.test(engine) || !versions.test(version || "default") || classes.test(name),
  );
}
