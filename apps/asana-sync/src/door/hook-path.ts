/** Where webhooks arrive; the token of each follows. */
export const HOOK_PATH = "/hooks/asana/";
