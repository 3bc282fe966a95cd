package io.sekisho.smtp.command;

import java.util.Optional;

/**
 * The parameters of RCPT.
 *
 * @param notifyOn NOTIFY as given (RFC 3461 §4.1)
 * @param orcpt ORCPT as given (RFC 3461 §4.2)
 */
public record RcptParameters(Optional<String> notifyOn, Optional<String> orcpt) {

    public static final RcptParameters NONE = new RcptParameters(Optional.empty(), Optional.empty());
}
