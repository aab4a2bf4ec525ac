/**
 * The version of a new database that names none, by engine: a version of the major version that is AWS's default. AWS documents
 * which versions it supports, but returns only by DescribeDBEngineVersions which of them is the default.
 */
const versions: Readonly<Record<string, string | undefined>> = {
  // https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
  postgres: "17.7",
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
  mysql: "8.4.7",
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html
  mariadb: "11.8.5",
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html
  "aurora-postgresql": "17.7",
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html
  "aurora-mysql": "8.0.mysql_aurora.3.10.3",
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.VersionSupport.html
  "sqlserver-ee": "16.00.4215.2.v1",
  "sqlserver-ex": "16.00.4215.2.v1",
  "sqlserver-se": "16.00.4215.2.v1",
  "sqlserver-web": "16.00.4215.2.v1",
  // https://docs.aws.amazon.com/AmazonRDS/latest/OracleReleaseNotes/oracle-version-RU-RUR.19.0.0.0.html
  "oracle-ee": "19.0.0.0.ru-2025-10.rur-2025-10.r1",
  "oracle-se2": "19.0.0.0.ru-2025-10.rur-2025-10.r1",
};

/** The version of a new database of an engine that names none; undefined for the engines that moto has a version for. */
export function defaultVersion(engine: string): string | undefined {
  return versions[engine];
}
