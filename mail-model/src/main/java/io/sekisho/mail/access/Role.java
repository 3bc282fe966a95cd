package io.sekisho.mail.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the holder of a key may do. */
public enum Role {
    ADMIN,
    /** Administers its own domains. */
    DOMAIN_ADMIN,
    /** Reads. */
    AUDITOR,
    /** Ingress and egress: reads the compiled policy and verifies keys. */
    SERVICE;

    /** {@code admin}, {@code domain-admin}, {@code auditor}, {@code service}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    public static Role parse(String label) {
        for (Role role : values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "'" + label + "' is not a role; use admin, domain-admin, auditor or service");
    }
}
