/** What the function of databaseUser.ts runs: text, for it is run by Lambda and not here. */
export const databaseUserSource = `
/** Runs in Lambda: makes the user that units sign in as by their role. Asked twice it changes nothing. */
import { ExecuteStatementCommand, RDSDataClient } from "@aws-sdk/client-rds-data";

const client = new RDSDataClient({});

export async function handler({ clusterArn, secretArn, databaseName, user }) {
  const run = (sql, parameters = []) =>
    client.send(
      new ExecuteStatementCommand({ resourceArn: clusterArn, secretArn, database: databaseName, sql, parameters }),
    );
  const { records } = await run("SELECT 1 FROM pg_roles WHERE rolname = :name", [
    { name: "name", value: { stringValue: user } },
  ]);
  // A name cannot be a parameter; ours has letters only.
  if (!/^[a-z]+$/.test(user)) throw new Error("The user's name must be of lower-case letters.");
  if (records.length === 0) await run(\`CREATE ROLE \${user} LOGIN\`);
  await run(\`GRANT rds_iam TO \${user}\`);
  await run(\`GRANT CONNECT, CREATE, TEMPORARY ON DATABASE "\${databaseName.replaceAll('"', '""')}" TO \${user}\`);
  await run(\`GRANT USAGE, CREATE ON SCHEMA public TO \${user}\`);
  return { user };
}
`;
