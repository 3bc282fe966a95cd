package io.sekisho.bench.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording of JDK Flight Recorder in another JVM.
 *
 * @param name of the service
 */
record FlightRecording(String name, long pid, Path file) {

    private static final String RECORDING = "sekisho-bench";

    static FlightRecording begin(String name, long pid, Path file) throws IOException, InterruptedException {
        FlightRecording recording = new FlightRecording(name, pid, file);
        recording.jcmd("JFR.start", "name=" + RECORDING, "settings=profile");
        return recording;
    }

    /** Ends it; a sentence for the frames on top and one for those of our own code. */
    List<String> end(int frames) throws IOException, InterruptedException {
        jcmd("JFR.stop", "name=" + RECORDING, "filename=" + file);
        TopFrames top = TopFrames.of(file);
        Files.delete(file);
        return List.of(
                name + ", top frames of " + top.samples() + " samples: " + String.join("; ", top.any(frames)),
                name + ", topmost frames of io.sekisho: " + String.join("; ", top.own(frames)));
    }

    private void jcmd(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " said: " + said);
        }
    }
}
