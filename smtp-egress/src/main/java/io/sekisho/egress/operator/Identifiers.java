package io.sekisho.egress.operator;

import io.sekisho.rest.Refusal;
import java.util.UUID;

/** Reads ids out of paths and queries. */
final class Identifiers {

    private Identifiers() {}

    /**
     * Reads a UUID; null stays null.
     *
     * @throws Refusal 400 naming the parameter
     */
    static UUID uuid(String parameter, String text) {
        if (text == null) {
            return null;
        }
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException wrong) {
            // Said below, as for what Java reads too kindly.
        }
        throw Refusal.badRequest(parameter, "'" + text + "' is not a UUID");
    }
}
