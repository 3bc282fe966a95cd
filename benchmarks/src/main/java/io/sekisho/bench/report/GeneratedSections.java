package io.sekisho.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Markdown file of which parts are written by a program, each between two comments that name it; the rest is people's. */
public final class GeneratedSections {

    private final Path file;

    public GeneratedSections(Path file) {
        this.file = file;
    }

    /** Replaces one section; a file without it gets it at its end. */
    public void replace(String name, String body) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, replaced(text, name, body));
    }

    static String replaced(String text, String name, String body) {
        String begin = "<!-- begin: " + name + " -->";
        String end = "<!-- end: " + name + " -->";
        String section = begin + "\n" + body.strip() + "\n" + end;
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            return (text.isBlank() ? "" : text.stripTrailing() + "\n\n") + section + "\n";
        }
        return text.substring(0, from) + section + text.substring(to + end.length());
    }
}
