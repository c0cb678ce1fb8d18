/** Log time in the issue: at its side, in its panel, and in the dialog of its menu. */
import ForgeReconciler, { Text } from "@forge/react";

ForgeReconciler.render(<Text>Time</Text>);
