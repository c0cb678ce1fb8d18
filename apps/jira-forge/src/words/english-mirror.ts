/** Texts about copies of entries in Jira's own work log. */
export const englishMirror = {
  link: (isOn: boolean | undefined) => `Copies in Jira: ${isOn === undefined ? "not known" : isOn ? "on" : "off"}`,
  close: "Close “Copies in Jira”",
  title: "Copies in Jira’s work log",
  toggle: "Copy what I log to Jira’s work log",
  /** Read before it is turned on: what becomes visible, to whom. */
  about: [
    "When this is on, your browser also writes each entry that you log on an issue into Jira’s own work log, as you. Everybody who can see the issue can then read there your name, the minutes, the day, and when it was written.",
    "They do not read the activity or the stage, nor what you logged before. Nobody is mailed, and the issue’s remaining estimate stays as it is.",
    "An entry that is copied counts from then on as one that colleagues know, when it is decided which sums may be published. That cannot be taken back.",
    "You can turn it off at any time: what you log later is not copied. What is in Jira stays there until you delete it. Changing or deleting an entry here does the same with its copy; changing the copy in Jira does not change the entry.",
  ],
  isOn: "It is on. What you log from now on is copied.",
  isOff: "It is off. What you log stays between you and the ledger.",
  notKnown: "The ledger did not say whether it is on. Until it does, nothing is copied.",
  /** Behind what Enter would log. */
  alsoInJira: "also to Jira",

  missing: "not in Jira’s work log",
  missingText: "It has no copy in Jira’s work log. Either Jira did not get it, or somebody deleted it there.",
  copy: "Copy to Jira",
  tooLate: "It cannot be copied to Jira any more: that is possible until the week is closed.",
  copyText:
    "Only you see this entry. Copied, everybody who can see the issue reads your name, the minutes, the day, and when it was copied.",

  failed: {
    copy: { title: "Logged here, and not copied to Jira", text: "The ledger has your time; only its copy is missing." },
    follow: { title: "Changed here, and not yet in Jira", text: "The ledger has your change; the copy is as it was." },
    remove: { title: "Deleted here, and its copy is still in Jira", text: "You can delete the copy in Jira, too." },
  },
  of: (time: string, day: string) => `It is about ${time}, ${day}.`,
  jiraSays: (reason: string) => `Jira says: ${reason}`,
  refused: "Perhaps the issue is closed, its project does not let you log work, or time tracking is turned off there.",
  unreached: "Jira did not answer, or you are offline. If it was done after all, trying again does it no second time.",
  tryAgain: "Try again",
  leave: "Leave it so",

  leftover: (time: string, day: string) => `Jira has a copy of ${time}, ${day}, which is not among your entries here.`,
  removeLeftover: (time: string, day: string) => `Delete the copy of ${time}, ${day}`,
};
