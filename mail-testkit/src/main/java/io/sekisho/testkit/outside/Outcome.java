package io.sekisho.testkit.outside;

/**
 * How a program ended.
 *
 * @param exitCode as the system gives it
 * @param output standard output and error together
 */
public record Outcome(int exitCode, String output) {

    public boolean isSuccess() {
        return exitCode == 0;
    }
}
