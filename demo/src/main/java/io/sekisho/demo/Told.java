package io.sekisho.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What became of a line's message.
 *
 * @param row as the tracking API gave it
 * @param faults what is not as it must be; empty where all is well
 * @param notes worth telling below the table
 */
record Told(String title, JsonNode row, List<String> faults, List<String> notes) {

    Told {
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    boolean isAsItMustBe() {
        return faults.isEmpty();
    }

    String field(String name) {
        JsonNode value = row.path(name);
        return value.isMissingNode() || value.isNull() ? "" : value.asText();
    }
}
