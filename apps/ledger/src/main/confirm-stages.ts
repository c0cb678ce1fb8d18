/** Shows the stages that would be used, and asks whether they are right. */
import { StageledgerError, type StageMap, type Status } from "@stageledger/core";
import { loadKnownStages, nextStageMap, type StageProposal } from "@stageledger/sync";
import { harmless } from "../analyse/output/harmless.ts";
import { OutputFile } from "../analyse/output/output-file.ts";
import { stagesYaml } from "../analyse/output/stages-yaml.ts";
import { readStagesFile } from "../analyse/settings/stages-file.ts";
import type { AsanaSync } from "./asana-credentials.ts";
import { agrees, canAsk } from "./ask.ts";
import type { ReadProject } from "./choose-asana-projects.ts";
import type { CliContext } from "./cli-context.ts";
import { mapOfFile } from "./map-of-file.ts";
import { doubtsInWords, projectsInWords, stagesInWords } from "./stages-in-words.ts";
import type { Sync } from "./with-sync.ts";

export interface StageOptions {
  readonly stagesOut?: string;
  readonly stages?: string;
  readonly yes?: boolean;
}

export interface ConfirmedStages {
  readonly map: StageMap;
  readonly isNew: boolean;
}

/**
 * Undefined when the stages were written to a file, or refused: then nothing is to be recorded.
 *
 * @throws StageledgerError STAGES_…, SETTING_INVALID when there is nobody to say yes
 */
export async function confirmStages(
  asanaSync: AsanaSync,
  context: CliContext,
  options: StageOptions,
  { context: syncContext, tenantId }: Sync,
  {
    workspace,
    projects,
    signal,
  }: {
    readonly workspace: { readonly name: string };
    readonly projects: readonly ReadProject[];
    readonly signal: AbortSignal;
  },
): Promise<ConfirmedStages | undefined> {
  const known = await loadKnownStages(syncContext, tenantId);
  const statuses: ReadonlyMap<string, Status> = new Map([...known.statuses, ...asanaSync.statusesOf(projects)]);
  const given = options.stages === undefined ? undefined : mapOfFile(await readStagesFile(options.stages), statuses);
  const proposal: StageProposal =
    given?.proposal ?? asanaSync.proposeStages(known.latest, projects, (id) => statuses.get(id)?.name);
  const map = nextStageMap(known, proposal, given?.effectiveFrom);
  const confirmed: ConfirmedStages = { map, isNew: map.version !== known.latest?.version };
  if (options.stagesOut !== undefined) {
    writeStages(options.stagesOut, map, statuses, asanaSync.fullNames(projects));
    context.stdout.write(
      harmless(
        `Written: ${options.stagesOut}. Nothing was recorded.\nEdit it, then run the same with --stages ${options.stagesOut} instead of --stages-out.\n`,
      ),
    );
    return undefined;
  }
  const words = [
    projectsInWords(workspace.name, projects),
    stagesInWords(proposal, known.latest, statuses),
    ...doubtsInWords(proposal, projects, given?.unknown ?? []),
  ];
  context.stdout.write(harmless(words.join("\n")));
  if (!confirmed.isNew || options.yes === true) return confirmed;
  if (canAsk(context)) {
    if (await agrees(context, "Connect with these stages?", true, signal)) return confirmed;
    context.stdout.write(`Nothing was recorded. To change them add --stages-out stages.yaml, edit that
file, and give it back with --stages stages.yaml.
`);
    return undefined;
  }
  if (given !== undefined) return confirmed;
  throw new StageledgerError("SETTING_INVALID", "Nobody has said yes to these stages, so nothing was recorded.", {
    next: "Add --yes to take them, or --stages-out <file> to edit them first.",
  });
}

/** @param shown what to call statuses there, where their names do not tell them apart */
function writeStages(
  path: string,
  map: StageMap,
  statuses: ReadonlyMap<string, Status>,
  shown: ReadonlyMap<string, string>,
): void {
  const called = new Map(
    [...statuses].map(([id, status]): [string, Status] => {
      const name = shown.get(id);
      return [id, name === undefined ? status : { ...status, name, formerNames: [] }];
    }),
  );
  const file = new OutputFile(path);
  file.write(stagesYaml(map, called));
  file.keep();
}
