import { Box } from "@forge/react";
import { MirrorSetting } from "../mirror/mirror-setting.tsx";
import type { MyTimePart } from "./my-time-part.ts";

export function MirrorSection(part: MyTimePart) {
  return (
    <Box testId="mirror-section">
      <MirrorSetting {...part} heading="h2" />
    </Box>
  );
}
