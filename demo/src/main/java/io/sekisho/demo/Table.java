package io.sekisho.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints what tracking says, a line per message. */
final class Table {

    private static final List<String> HEADINGS =
            List.of("", "what happened", "direction", "status", "traffic", "TLS in", "TLS out", "block reason");

    private Table() {}

    static void print(PrintWriter out, List<Told> told) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (Told line : told) {
            rows.add(List.of(
                    line.isAsItMustBe() ? "ok" : "NO",
                    line.title(),
                    line.field("direction"),
                    line.field("status"),
                    line.field("traffic"),
                    line.field("upstreamTls"),
                    line.field("downstreamTls"),
                    line.field("blockReason")));
        }
        int[] widths = new int[HEADINGS.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        rows.forEach(row -> out.println(formatted(row, widths)));
        out.println();
        told.forEach(line -> line.notes().forEach(note -> out.println("  · " + note)));
        told.forEach(line -> line.faults().forEach(fault -> out.println("  NO: " + line.title() + ": " + fault)));
    }

    private static String formatted(List<String> row, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            text.append(text.isEmpty() ? "" : "  ")
                    .append(String.format("%-" + Math.max(1, widths[i]) + "s", row.get(i)));
        }
        return text.toString().stripTrailing();
    }
}
