import { Box, Label } from "@forge/react";

interface HiddenLabelProps {
  readonly labelFor: string;
  readonly children: string;
}

/** A field's name for screen readers, where those who see it know it by row and column. A text field takes no name in UI Kit. */
export function HiddenLabel({ labelFor, children }: HiddenLabelProps) {
  return (
    <Box xcss={{ width: "1px", height: "1px", overflow: "hidden" }}>
      <Label labelFor={labelFor}>{children}</Label>
    </Box>
  );
}
