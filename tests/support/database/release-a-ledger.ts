/**
 * A process of its own that releases the only ledger of a database, and says when the database is open and when all is
 * published: what the command does, for a test that kills it in between.
 */
import { listTenantIds, MasterKey, openDatabase, release } from "@stageledger/db";

const [kind, where = "", masterKey = ""] = process.argv.slice(2);
const database = await openDatabase(
  kind === "postgres" ? { kind: "postgres", url: where } : { kind: "embedded", folder: where },
);
const [tenantId = ""] = await listTenantIds(database);
process.stdout.write("open\n");
await release(database, tenantId, MasterKey.parse(masterKey), Date.now());
process.stdout.write("released\n");
await database.close();
