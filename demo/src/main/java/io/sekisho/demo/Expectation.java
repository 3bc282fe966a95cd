package io.sekisho.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a row of the tracking API must hold, field by field. */
final class Expectation {

    private final Map<String, String> fields = new LinkedHashMap<>();

    static Expectation of(String field, String value) {
        return new Expectation().and(field, value);
    }

    Expectation and(String field, String value) {
        fields.put(field, value);
        return this;
    }

    /** A sentence for each field that differs. */
    List<String> faults(JsonNode row) {
        List<String> faults = new ArrayList<>();
        fields.forEach((field, expected) -> {
            JsonNode value = row.path(field);
            String found = value.isMissingNode() || value.isNull() ? "" : value.asText();
            if (!found.equals(expected)) {
                faults.add(field + " is '" + found + "', must be '" + expected + "'");
            }
        });
        return faults;
    }
}
