package io.sekisho.localstack.command;

import io.sekisho.localstack.StackFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program that {@code ./sekisho} runs. Exit code 0: done; 1: something on this machine is in the way, said in a sentence; 2: wrong usage. */
@Command(
        name = "sekisho",
        description = "Runs the mail gateway Sekisho on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {Up.class, Down.class, Logs.class})
public final class SekishoCommand {
    static final int FAILED = 1;

    private SekishoCommand() {}

    /** The first argument names the command. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new SekishoCommand());
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            if (failure instanceof StackFailure) {
                failed.getErr().println("sekisho: " + failure.getMessage());
            } else {
                failure.printStackTrace(failed.getErr());
            }
            return FAILED;
        });
        return line;
    }
}
