package io.sekisho.demo;

import io.sekisho.localstack.StackFailure;
import io.sekisho.localstack.command.EndOfProcess;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets up everything, sends real mail through it, and shows what became of each message; exit code 0 only if all is as it must be. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Starts a stack of its own on free ports, sends mail as partners and as a customer, shows what tracking says.")
public final class Demo implements Callable<Integer> {

    @Option(names = "--keep", description = "Leave the stack up until Ctrl-C, and its data when it ends.")
    private boolean keep;

    @Option(
            names = "--data-dir",
            paramLabel = "<dir>",
            description = "Where to keep the demo's data (default: a new temporary directory).")
    private Path directory;

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    /** Runs the story and ends the process. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /**
     * Runs the story.
     *
     * @return 0 only if every line is as it must be
     */
    public static int run(String... arguments) {
        CommandLine line = new CommandLine(new Demo());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("sekisho demo: " + sentence(failure));
            return 1;
        });
        return line.execute(arguments);
    }

    /** What went wrong, with the stack trace only where nobody wrote a sentence about it. */
    private static String sentence(Exception failure) {
        if (!(failure instanceof StackFailure) && !(failure instanceof StoryFailure)) {
            failure.printStackTrace();
        }
        return failure.getMessage();
    }

    @Override
    public Integer call() throws Exception {
        EndOfProcess end = EndOfProcess.watchedBy(Thread.currentThread(), out);
        int exitCode = 1;
        try (Stage stage = Stage.set(directory, keep, out)) {
            exitCode = tell(stage);
            if (keep) {
                stage.printKept();
                new CountDownLatch(1).await();
            }
        } catch (InterruptedException | RuntimeException e) {
            if (!end.isComing()) {
                throw e;
            }
        } finally {
            end.reached(exitCode);
        }
        return exitCode;
    }

    private int tell(Stage stage) {
        stage.printAddresses();
        List<Told> told = Story.tell(stage, Story.lines(), out);
        Table.print(out, told);
        boolean asItMustBe = told.stream().allMatch(Told::isAsItMustBe);
        out.println();
        out.println(
                asItMustBe
                        ? "Every line is as it must be."
                        : "NOT every line is as it must be; run with --keep and look into " + stage.logs());
        return asItMustBe ? 0 : 1;
    }
}
