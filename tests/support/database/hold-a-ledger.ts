/** A process of its own that opens the embedded ledger of the folder named, says so, and keeps it until it is killed. */
import { openDatabase } from "@stageledger/db";

const [folder = ""] = process.argv.slice(2);
await openDatabase({ kind: "embedded", folder });
process.stdout.write("held\n");
setInterval(() => undefined, 60_000);
