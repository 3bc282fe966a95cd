package io.sekisho.bench.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says about a process' memory. */
final class ProcessMemory {

    private ProcessMemory() {}

    /** All of its pages that are in memory, shared ones in full. */
    static long residentKibibytes(long pid) throws IOException {
        return kibibytes(Path.of("/proc/" + pid + "/status"), "VmRSS:");
    }

    /** The most that {@link #residentKibibytes} has been since the process began. */
    static long mostResidentKibibytes(long pid) throws IOException {
        return kibibytes(Path.of("/proc/" + pid + "/status"), "VmHWM:");
    }

    /** Its own pages, and its share of those that it shares. */
    static long proportionalKibibytes(long pid) throws IOException {
        return kibibytes(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss:");
    }

    private static long kibibytes(Path file, String name) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .orElseThrow(() -> new IOException(file + " has no " + name));
    }
}
