package io.sekisho.policyservice.peerfile;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The columns of a CSV file, by the names that the fields have in JSON, in the order of the export. */
enum CsvColumn {
    DIRECTION("direction"),
    PEER("peer"),
    LEVEL("level"),
    MINIMUM_VERSION("minimumVersion"),
    ENABLED("enabled"),
    ON_VIOLATION("onViolation"),
    TLS_GIVE_UP_AFTER("tlsGiveUpAfter"),
    /** Separated by spaces. */
    CERTIFICATE_NAMES("certificateNames"),
    OVERRIDE("override"),
    DESCRIPTION("description");

    private final String title;

    CsvColumn(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static Optional<CsvColumn> of(String title) {
        return Arrays.stream(values())
                .filter(column -> column.title.equals(title.strip()))
                .findFirst();
    }

    static String titles() {
        return Arrays.stream(values()).map(CsvColumn::title).collect(Collectors.joining(", "));
    }
}
