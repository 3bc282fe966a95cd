package io.sekisho.egress.client;

import io.sekisho.mail.policy.Requirement;

/** What is done about STARTTLS on one connection. */
enum StartTlsUse {
    /** Not even where offered: NEVER, or the second connection after a handshake failed. */
    NONE,
    /** Where offered; plain text otherwise. */
    IF_OFFERED,
    /** TLS or no mail. */
    REQUIRED;

    static StartTlsUse of(Requirement requirement) {
        if (requirement.plainTextOnly()) {
            return NONE;
        }
        return requirement.requiresTls() ? REQUIRED : IF_OFFERED;
    }
}
