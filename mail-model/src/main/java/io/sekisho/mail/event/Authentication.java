package io.sekisho.mail.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the other side's certificate was judged. */
public enum Authentication {
    NONE,
    PKIX,
    DANE,
    MTA_STS;

    /** {@code none}, {@code pkix}, {@code dane}, {@code mta-sts}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
