package io.sekisho.bench.policy;

import io.sekisho.localstack.CurrentJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A program of this module in a JVM of its own, where it must not share a heap. */
final class Subprocess {

    private Subprocess() {}

    /** What it prints. */
    static String said(Class<?> program, String... jvmOptions) {
        List<String> words = new ArrayList<>(List.of(CurrentJvm.java().toString()));
        words.addAll(List.of(jvmOptions));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text : program.getSimpleName() + " failed: " + text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return program.getSimpleName() + " was interrupted";
        }
    }
}
