import { PurposeBox } from "../../components/purpose-box.tsx";
import { QuietLink } from "../../components/quiet-link.tsx";
import { useWords } from "../../words/words.ts";
import type { PanelPart } from "./panel-part.ts";

export function PurposeLink({ state, actions }: PanelPart) {
  const words = useWords();
  const isOpen = state.open?.kind === "purpose";
  return (
    <QuietLink
      testId="purpose-link"
      isWorking={state.busy === "purpose"}
      onPress={() => (isOpen ? actions.unfold(undefined) : void actions.readPurpose())}
    >
      {isOpen ? words.purpose.close : words.purpose.link}
    </QuietLink>
  );
}

export function PurposeText({ state }: PanelPart) {
  return state.open?.kind === "purpose" ? <PurposeBox text={state.open.text} /> : null;
}
