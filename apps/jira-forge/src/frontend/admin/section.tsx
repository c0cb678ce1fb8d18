import { Heading, Stack, Text } from "@forge/react";
import type { ReactNode } from "react";

interface SectionProps {
  readonly title: string;
  readonly about?: string;
  readonly children: ReactNode;
}

export function Section({ title, about, children }: SectionProps) {
  return (
    <Stack space="space.150">
      <Stack space="space.050">
        <Heading as="h2" size="small">
          {title}
        </Heading>
        {about === undefined ? null : <Text color="color.text.subtle">{about}</Text>}
      </Stack>
      {children}
    </Stack>
  );
}
