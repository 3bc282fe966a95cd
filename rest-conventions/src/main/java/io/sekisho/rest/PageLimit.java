package io.sekisho.rest;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * {@code ?limit=}: how many items a page may have.
 *
 * @param rows 1 to 500
 */
@Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50")
public record PageLimit(int rows) {
    private static final int HIGHEST = 500;

    /** The default, as a text for {@code @DefaultValue}. */
    public static final String DEFAULT = "50";

    public PageLimit {
        if (rows < 1 || rows > HIGHEST) {
            throw fault();
        }
    }

    /**
     * Reads the parameter.
     *
     * @throws Refusal 400
     */
    public static PageLimit fromString(String text) {
        try {
            return new PageLimit(Integer.parseInt(text));
        } catch (NumberFormatException noNumber) {
            throw fault();
        }
    }

    private static Refusal fault() {
        return Refusal.badRequest("limit", "must be a number from 1 to " + HIGHEST);
    }
}
