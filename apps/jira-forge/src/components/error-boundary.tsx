import { Button, SectionMessage, Stack, Text } from "@forge/react";
import { Component, type ReactNode } from "react";
import { WordsContext } from "../words/words.ts";

/** Without it an error while drawing leaves an empty panel, and nobody is told. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly isBroken: boolean }> {
  static override readonly contextType = WordsContext;
  declare readonly context: React.ContextType<typeof WordsContext>;
  override readonly state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    const { errorTitle, errorText, showAgain } = this.context;
    return (
      <SectionMessage appearance="error" title={errorTitle} testId="broken">
        <Stack space="space.100" alignInline="start">
          <Text>{errorText}</Text>
          <Button testId="show-again" onClick={() => this.setState({ isBroken: false })}>
            {showAgain}
          </Button>
        </Stack>
      </SectionMessage>
    );
  }
}
