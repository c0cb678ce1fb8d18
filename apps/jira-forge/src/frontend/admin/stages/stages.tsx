import { useWords } from "../../../words/words.ts";
import type { AdminPart } from "../admin-part.ts";
import { Section } from "../section.tsx";
import { StageForm } from "./stage-form.tsx";
import { StageNotice } from "./stage-notice.tsx";
import { StageTable } from "./stage-table.tsx";
import { UnmappedStatuses } from "./unmapped-statuses.tsx";

export function Stages(page: AdminPart) {
  const words = useWords();
  const { title, about } = words.admin.stages;
  const { editing, stages } = page.state;
  return (
    <Section title={title} about={about}>
      {editing === undefined ? (
        <>
          <UnmappedStatuses statuses={stages.unmapped} />
          <StageTable {...page} />
          <StageNotice at="proposal" {...page} />
          <StageNotice at="stages" {...page} />
        </>
      ) : (
        <StageForm {...page} editing={editing} />
      )}
    </Section>
  );
}
