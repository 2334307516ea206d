/** Where nginx is unpacked for the tests. */
export const nginxFolder: string;
/** Full path of a program in PATH, or null. */
export function commandPath(name: string): string | null;
