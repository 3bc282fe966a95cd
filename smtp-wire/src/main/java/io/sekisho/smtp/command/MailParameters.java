package io.sekisho.smtp.command;

import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.envelope.DsnParameters;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parameters of MAIL.
 *
 * @param size octets the client means to send (RFC 1870 §6)
 * @param body 7BIT where not stated (RFC 6152 §3)
 * @param dsn RET and ENVID as given (RFC 3461 §4.3, §4.4)
 * @param smtpUtf8 whether SMTPUTF8 was stated (RFC 6531 §3.4)
 * @param auth the submitter, xtext as given; {@code <>} for unknown (RFC 4954 §5)
 */
public record MailParameters(
        OptionalLong size, BodyType body, DsnParameters dsn, boolean smtpUtf8, Optional<String> auth) {

    public static final MailParameters NONE =
            new MailParameters(OptionalLong.empty(), BodyType.SEVEN_BIT, DsnParameters.NONE, false, Optional.empty());
}
