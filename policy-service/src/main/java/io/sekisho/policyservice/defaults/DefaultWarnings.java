package io.sekisho.policyservice.defaults;

import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.policyservice.warning.TlsWarnings;
import io.sekisho.policyservice.warning.Warning;
import io.sekisho.policyservice.warning.WarningCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the author of a default may want to know. */
final class DefaultWarnings {
    private static final Warning INERT = new Warning(
            WarningCode.OUTBOUND_INERT,
            "level",
            "Outbound protection is not enabled for the domain, so it has no effect.");

    private DefaultWarnings() {}

    /** Also where outbound protection was disabled after the default was set. */
    static Stream<Warning> ofStored(DefaultSide side, DefaultBody body, boolean outboundEnabled) {
        Stream<Warning> own = of(side, body).stream();
        return side == DefaultSide.OUTBOUND && !outboundEnabled ? Stream.concat(Stream.of(INERT), own) : own;
    }

    static List<Warning> of(DefaultSide side, DefaultBody body) {
        Warning.Collector warnings = new Warning.Collector();
        warnings.addIf(
                side.direction() == Direction.INBOUND && body.level() != SecurityLevel.OPPORTUNISTIC,
                WarningCode.MANDATORY_FOR_EVERYONE,
                "level",
                "Every sender without TLS is refused, whoever it is: RFC 3207 §4 forbids that to a server that the public may send to."
                        + " Require TLS of named peers instead.");
        TlsWarnings.add(
                warnings,
                side.direction(),
                new TlsSetting(body.level(), Optional.ofNullable(body.minimumVersion())),
                Optional.ofNullable(body.onViolation()),
                Optional.ofNullable(body.tlsGiveUpAfter()));
        return warnings.all();
    }
}
