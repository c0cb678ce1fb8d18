import { Label, Select, Stack } from "@forge/react";
import { z } from "zod";

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly options: readonly ChoiceOption[];
  /** None of the options where nothing is chosen yet. */
  readonly value: string;
  readonly placeholder?: string;
  readonly onChoose: (value: string) => void;
}

interface ChoiceOption {
  readonly label: string;
  readonly value: string;
}

const chosenOption = z.object({ value: z.string() });

/** One of a few. */
export function Choice({ id, label, options, value, placeholder, onChoose }: ChoiceProps) {
  return (
    <Stack space="space.050">
      <Label labelFor={id}>{label}</Label>
      <Select
        inputId={id}
        testId={id}
        spacing="compact"
        options={[...options]}
        {...(placeholder === undefined ? {} : { placeholder })}
        value={options.find((option) => option.value === value) ?? null}
        onChange={(chosen) => {
          const read = chosenOption.safeParse(chosen).data;
          if (read !== undefined) onChoose(read.value);
        }}
      />
    </Stack>
  );
}
