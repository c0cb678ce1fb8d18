/** Texts of the command "Log time". */
export const englishCommand = {
  find: "On which issue?",
  placeholder: "PAY-88, or words of its title",
  search: "Find",
  recent: "You logged on these lately",
  choose: "Choose one",
  issue: (key: string, title: string) => (title === "" ? key : `${key} · ${title}`),
  nothingFound: "Jira finds no issue by that. Write its key, such as PAY-88, or other words of its title.",
  jiraUnreached: "Jira could not be asked. Try again in a moment.",
  another: "Another issue",
};
