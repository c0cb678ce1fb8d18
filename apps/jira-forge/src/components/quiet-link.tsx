import { LoadingButton } from "@forge/react";

interface QuietLinkProps {
  readonly testId: string;
  readonly children: string;
  readonly isWorking?: boolean;
  readonly onPress: () => void;
}

/** A button that looks like a link. Only buttons that can load come so in UI Kit. */
export function QuietLink({ testId, children, isWorking = false, onPress }: QuietLinkProps) {
  return (
    <LoadingButton testId={testId} appearance="link" spacing="none" isLoading={isWorking} onClick={onPress}>
      {children}
    </LoadingButton>
  );
}
