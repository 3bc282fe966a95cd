package io.sekisho.policyservice.peerfile;

import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.rest.Faults;
import io.sekisho.rest.StorableText;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.csv.CSVRecord;

/** Reads the cells of one line, and collects what is wrong with them. */
final class CsvRow {
    private final CSVRecord row;
    private final Map<CsvColumn, Integer> places;
    private final Faults faults = new Faults();

    private CsvRow(CSVRecord row, Map<CsvColumn, Integer> places) {
        this.row = row;
        this.places = places;
    }

    static ReadLine read(int number, CSVRecord row, Map<CsvColumn, Integer> places) {
        if (row.size() != places.size()) {
            return ReadLine.Unreadable.of(
                    number, "line", "has " + row.size() + " cells, the header line " + places.size());
        }
        CsvRow cells = new CsvRow(row, places);
        FilePeer peer = cells.peer();
        return cells.faults.all().isEmpty()
                ? new ReadLine.Stated(number, peer, List.of())
                : new ReadLine.Unreadable(number, cells.faults.all());
    }

    private FilePeer peer() {
        return new FilePeer(
                required(CsvColumn.DIRECTION, constant(Direction.values())),
                required(CsvColumn.PEER, Peer::parse),
                required(CsvColumn.LEVEL, constant(SecurityLevel.values())),
                optional(CsvColumn.MINIMUM_VERSION, TlsVersion::parse),
                optional(CsvColumn.ENABLED, CsvRow::bool),
                optional(CsvColumn.ON_VIOLATION, constant(OnViolation.values())),
                optional(CsvColumn.TLS_GIVE_UP_AFTER, CsvRow::duration),
                names(),
                optional(CsvColumn.OVERRIDE, CsvRow::bool),
                text(CsvColumn.DESCRIPTION));
    }

    private List<String> names() {
        String text = text(CsvColumn.CERTIFICATE_NAMES).strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+", -1));
    }

    private <T> T required(CsvColumn column, Function<String, T> parser) {
        Optional<T> value = optional(column, parser);
        if (text(column).isBlank()) {
            faults.add(column.title(), "is required");
        }
        return value.orElse(null);
    }

    private <T> Optional<T> optional(CsvColumn column, Function<String, T> parser) {
        String text = text(column).strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException wrong) {
            faults.add(column.title(), wrong.getMessage());
            return Optional.empty();
        }
    }

    private String text(CsvColumn column) {
        Integer place = places.get(column);
        String text = place == null ? "" : row.get(place);
        Optional<String> fault = StorableText.fault(text);
        fault.ifPresent(message -> faults.add(column.title(), message));
        return fault.isPresent() ? "" : text;
    }

    private static <T extends Enum<T>> Function<String, T> constant(T[] values) {
        return text -> Arrays.stream(values)
                .filter(value -> value.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not accepted; use one of " + Arrays.toString(values)));
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is not accepted; use true or false");
        };
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException noDuration) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not accepted; use an ISO-8601 duration such as PT30M", noDuration);
        }
    }
}
