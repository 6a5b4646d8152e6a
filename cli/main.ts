/** Entry of the command line. Sets the exit code and lets the process end by itself, so that pipes are written out. */
import { processIo } from "./io";
import { run } from "./run";

// A reader that has seen enough (`| head`) closes the pipe: that is no mistake of anyone's.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void run(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
