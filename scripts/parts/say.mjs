/** One line for a person, on stderr: stdout belongs to the result of the program that a script runs. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends a script on an expected problem: its message is the whole story, no stack trace. */
export class PlainError extends Error {}

/** Runs a script's main function; an expected problem is one line, an unexpected one keeps its stack. */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
