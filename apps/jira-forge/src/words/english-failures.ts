import type { Failures } from "./failures.ts";

export const englishFailures: Failures = {
  byCode: {
    LEDGER_UNREACHED: {
      title: "The ledger cannot be reached",
      text: "You may be offline, or it is. Try again in a moment.",
    },
    LEDGER_LATE: {
      title: "The ledger has not answered",
      text: "It is slow, or the way to it is. Try again.",
    },
    LEDGER_FORBIDDEN: {
      title: "Jira did not let the app through",
      text: "Reload the page. If it stays so, an admin of the site should look at the app’s permissions.",
    },
    LEDGER_UNREADABLE: {
      title: "The ledger’s answer cannot be read",
      text: "The app and the ledger may be of different versions. Reload the page; if it stays so, tell whoever runs the ledger.",
    },
    COPY_REFUSED: {
      title: "Jira did not do that",
      text: "Perhaps the issue is closed, its project does not let you change worklogs, or time tracking is turned off there.",
    },
    COPY_UNREACHED: {
      title: "Jira has not answered",
      text: "You may be offline, or it is slow. Try again in a moment.",
    },
    TOKEN_REFUSED: {
      title: "The ledger could not tell who you are",
      text: "Reload the page. If it stays so, an admin should compare the app’s id and environment with the ledger’s settings.",
    },
    INSTALLATION_UNKNOWN: {
      title: "This site is not connected to a ledger yet",
      text: "Whoever runs the ledger connects it once. Until then nothing can be logged here.",
    },
    RIGHTS_UNPROVED: {
      title: "Jira does not say what you may see",
      text: "Reload the page. An admin of the site may first have to allow the app’s new version.",
    },
    PROJECT_UNKNOWN: {
      title: "The ledger does not know this project",
      text: "It is not connected, it has no items yet, or you may not see it. An admin of the site can look at which projects are connected.",
    },
    LEDGER_EMPTY: {
      title: "Nothing is known of how work flows here yet",
      text: "An admin of the site says once what the stages are. Then the issues are read, and the page fills.",
    },
    ITEM_UNKNOWN: {
      title: "The ledger does not know this issue",
      text: "New issues are known after some minutes. If it stays so, its project is not connected, or you may not see it.",
    },
    JIRA_UNREACHABLE: {
      title: "Jira could not be asked what you may see",
      text: "Nothing was recorded. Try again in a moment.",
    },
    DATABASE_UNREACHABLE: {
      title: "The ledger cannot answer now",
      text: "Nothing was recorded. Try again in a moment.",
    },
    TOKEN_KEYS_UNREACHABLE: {
      title: "The ledger could not check who you are",
      text: "Nothing was recorded. Try again in a moment.",
    },
    DOOR_RATE_LIMITED: { title: "These were many calls at once", text: "Wait some seconds, then try again." },
    ENTRY_REVISION_CONFLICT: {
      title: "The entry was changed meanwhile",
      text: "Perhaps in another window. It is shown as it is now: change it again if it should be otherwise.",
    },
    ENTRY_UNKNOWN: { title: "The entry is not there any more", text: "Your entries are shown as they are now." },
    ENTRY_DELETED: { title: "The entry was deleted meanwhile", text: "Your entries are shown as they are now." },
    ENTRY_COPY_TOO_LATE: {
      title: "This entry can no longer be copied to Jira",
      text: "Its week was closed meanwhile. The entry stays as it is, and only you see it.",
    },
    ENTRY_DAY_OVER_24_HOURS: {
      title: "That day would have more than 24 hours",
      text: "Look at what you logged on it, here and on other issues.",
    },
    ENTRY_IMPOSSIBLE_DATE: { title: "That day cannot be logged", text: "It is too far ahead. Check year and month." },
    ENTRY_TOO_OLD: { title: "That day is too long ago", text: "Its time is already kept as a sum only." },
    RIGHTS_MISSING: {
      title: "This is for admins of the Jira site",
      text: "Jira does not count you among them. Ask one of them, or have Jira’s admins give you the right to administer Jira.",
    },
    STAGES_NO_COMMITMENT: {
      title: "Work begins with no stage",
      text: "Choose a waiting or active stage with which it begins. Nothing was saved.",
    },
    STAGES_UNREADABLE: {
      title: "No stage is done",
      text: "Give one stage the kind “done”: else no item could ever finish. Nothing was saved.",
    },
    STAGES_STATUS_TWICE: {
      title: "A status is in two stages",
      text: "Two statuses may bear one name. Choose one stage for each. Nothing was saved.",
    },
    STAGES_UNKNOWN_STATUS: {
      title: "The ledger does not know one of the statuses any more",
      text: "Refresh the page: the statuses are shown as they are now. Nothing was saved.",
    },
    STAGES_VERSION_TAKEN: {
      title: "The stages were changed meanwhile",
      text: "Refresh the page, look at them as they are now, and change them again.",
    },
    SETTING_UNKNOWN_ZONE: { title: "The ledger does not know this time zone", text: "Choose another one." },
    ENTRY_OF_ERASED_PERSON: {
      title: "This account was erased",
      text: "That was its person’s wish, and it is not taken up again: nothing can be logged or changed with it here. What is for all to set, somebody else can.",
    },
    ENTRY_HAS_PROJECT: {
      title: "It is known already to which project this entry belongs",
      text: "The list is shown as it is now.",
    },
    LINK_CODE_UNKNOWN: {
      title: "No account has this code, or not any more",
      text: "A code joins once, and for ten minutes.",
    },
    LINK_REFUSED: {
      title: "These accounts cannot be joined",
      text: "Two accounts of one tool are two people to the ledger. Only a code from another tool joins.",
    },
    TIMER_UNKNOWN: { title: "The timer is gone", text: "It was logged or let go, perhaps in another window." },
    TIMER_OTHER: {
      title: "Another timer runs meanwhile",
      text: "Perhaps another window started it. Nothing was logged; it is shown as it is now.",
    },
    TIMER_CAPPED: { title: "The timer ran for too long", text: "Say how long it was." },
    ROADBLOCK_UNKNOWN: { title: "It was out of the way already", text: "The list is shown as it is now." },
  },
  unknown: {
    title: "That did not work",
    text: "Try again. If it stays so, tell whoever runs the ledger the code below.",
  },
  unsure: "It is not known whether it was done. What you typed stays here: press the same again, and it is done once.",
};
