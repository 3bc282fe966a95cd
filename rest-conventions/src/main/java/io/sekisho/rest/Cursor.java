package io.sekisho.rest;

import io.sekisho.mail.json.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The opaque place in a list: a record of the list's own, as base64url of its JSON. It is not signed, as it gives access to nothing that
 * its sender may not read anyway; but what comes back is checked like any input, also by the record's own constructor.
 */
public final class Cursor {
    private static final int LONGEST = 1_024;

    private Cursor() {}

    public static String encode(Record place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(WireJson.bytes(place));
    }

    /**
     * Reads a cursor.
     *
     * @throws Refusal 400, where the text was not made by {@link #encode} for this list
     */
    public static <T extends Record> T decode(String text, Class<T> type) {
        if (text.length() > LONGEST) {
            throw broken();
        }
        try {
            String json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            T place = WireJson.read(json, type);
            // No place of ours holds U+0000, and no database could be asked about it.
            if (place == null || json.contains("\\u0000") || !encode(place).equals(text)) {
                throw broken();
            }
            return place;
        } catch (IllegalArgumentException | java.io.UncheckedIOException notOurs) {
            throw broken();
        }
    }

    private static Refusal broken() {
        return Refusal.badRequest(
                "cursor", "this is not a cursor of this list; take nextCursor of the previous page as it is");
    }
}
