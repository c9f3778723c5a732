/** The version that exports, health and logs name; a test keeps it equal to package.json. */
export const appVersion = "0.1.0";

export const appName = "collaboration-tree";
