package io.sekisho.policyservice.peerfile;

import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.TlsVersion;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** CSV as RFC 4180 has it, with a header line; in UTF-8. An empty cell is a field that is left out. */
public final class CsvPeers {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();
    /** Twice as many as a domain may have peers. */
    private static final int MOST_LINES = 20_000;
    /** What some spreadsheets write before the first character. */
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private CsvPeers() {}

    /** Every line of a file but its header; a file whose header is wrong has one unreadable line. */
    public static List<ReadLine> read(String text) {
        String content = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        List<ReadLine> lines = new ArrayList<>();
        long first = 1;
        try (CSVParser parser = CSVParser.parse(new StringReader(content), FORMAT)) {
            Iterator<CSVRecord> records = parser.iterator();
            Map<CsvColumn, Integer> places = null;
            while (true) {
                first = parser.getCurrentLineNumber() + 1;
                if (!records.hasNext()) {
                    break;
                }
                CSVRecord row = records.next();
                if (row.size() == 1 && row.get(0).isEmpty()) {
                    continue;
                }
                if (lines.size() == MOST_LINES) {
                    lines.add(ReadLine.Unreadable.of(
                            Math.toIntExact(first),
                            "line",
                            "a file may have " + MOST_LINES + " lines; what follows was not read"));
                    return lines;
                }
                if (places == null) {
                    places = header(row);
                } else {
                    lines.add(CsvRow.read(Math.toIntExact(first), row, places));
                }
            }
            return places == null ? List.of(headerFault("the header line is missing")) : lines;
        } catch (HeaderFault fault) {
            return List.of(headerFault(fault.getMessage()));
        } catch (IOException | UncheckedIOException broken) {
            lines.add(ReadLine.Unreadable.of(
                    Math.toIntExact(first),
                    "line",
                    "this is not CSV, and what follows was not read: " + broken.getMessage()));
            return lines;
        }
    }

    private static ReadLine headerFault(String message) {
        return ReadLine.Unreadable.of(1, "header", message + "; known columns are " + CsvColumn.titles());
    }

    private static Map<CsvColumn, Integer> header(CSVRecord row) throws HeaderFault {
        Map<CsvColumn, Integer> places = new EnumMap<>(CsvColumn.class);
        for (int i = 0; i < row.size(); i++) {
            String title = row.get(i);
            CsvColumn column =
                    CsvColumn.of(title).orElseThrow(() -> new HeaderFault("there is no column '" + title + "'"));
            if (places.put(column, i) != null) {
                throw new HeaderFault("the column '" + title + "' stands there twice");
            }
        }
        for (CsvColumn required : List.of(CsvColumn.DIRECTION, CsvColumn.PEER, CsvColumn.LEVEL)) {
            if (!places.containsKey(required)) {
                throw new HeaderFault("the column '" + required.title() + "' is missing");
            }
        }
        return places;
    }

    /** The file of these peers; read again it gives the same. */
    public static String write(Iterable<FilePeer> peers) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            for (CsvColumn column : CsvColumn.values()) {
                printer.print(column.title());
            }
            printer.println();
            for (FilePeer peer : peers) {
                printer.printRecord(
                        peer.direction(),
                        peer.peer().text(),
                        peer.level(),
                        cell(peer.minimumVersion().map(TlsVersion::label)),
                        cell(peer.enabled().map(String::valueOf)),
                        cell(peer.onViolation().map(OnViolation::name)),
                        cell(peer.tlsGiveUpAfter().map(Duration::toString)),
                        String.join(" ", peer.certificateNames()),
                        cell(peer.override().map(String::valueOf)),
                        peer.description());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text in memory takes everything", impossible);
        }
        return text.toString();
    }

    private static String cell(Optional<String> value) {
        return value.orElse("");
    }

    private static final class HeaderFault extends Exception {
        private static final long serialVersionUID = 1L;

        private HeaderFault(String message) {
            super(message);
        }
    }
}
