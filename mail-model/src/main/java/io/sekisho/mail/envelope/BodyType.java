package io.sekisho.mail.envelope;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The BODY parameter of MAIL (RFC 6152, RFC 3030). */
public enum BodyType {
    SEVEN_BIT("7BIT"),
    EIGHT_BIT_MIME("8BITMIME"),
    BINARY_MIME("BINARYMIME");

    private final String keyword;

    BodyType(String keyword) {
        this.keyword = keyword;
    }

    @JsonValue
    public String keyword() {
        return keyword;
    }

    /**
     * Reads the keyword.
     *
     * @throws IllegalArgumentException where it is none of the three keywords, in upper case
     */
    @JsonCreator
    public static BodyType parse(String keyword) {
        for (BodyType type : values()) {
            if (type.keyword.equals(keyword)) {
                return type;
            }
        }
        throw new IllegalArgumentException("'" + keyword + "' is not a BODY type");
    }
}
