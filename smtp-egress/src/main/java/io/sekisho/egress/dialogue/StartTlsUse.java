package io.sekisho.egress.dialogue;

import io.sekisho.mail.policy.Requirement;

/** What is done about STARTTLS on one connection. */
public enum StartTlsUse {
    /** Not even where offered: NEVER, or the second connection after a handshake failed. */
    NONE,
    /** Where offered; plain text otherwise. */
    IF_OFFERED,
    /** TLS or no mail. */
    REQUIRED;

    /** What a requirement asks for on the first connection. */
    public static StartTlsUse of(Requirement requirement) {
        if (requirement.plainTextOnly()) {
            return NONE;
        }
        return requirement.requiresTls() ? REQUIRED : IF_OFFERED;
    }
}
