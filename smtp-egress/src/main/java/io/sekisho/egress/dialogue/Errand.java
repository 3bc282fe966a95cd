package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.Consignment;
import io.sekisho.egress.delivery.JudgedHop;
import io.sekisho.egress.route.Destination;
import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.policy.Requirement;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.TlsFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done on one connection.
 *
 * @param recipients those of the consignment that no host has settled yet
 * @param ehloName our name in EHLO
 * @param tlsBrokeAt why STARTTLS is not tried: the host's TLS broke then, and TLS is opportunistic
 */
public record Errand(
        Consignment consignment,
        List<Recipient> recipients,
        Destination destination,
        StartTlsUse startTls,
        String ehloName,
        Optional<Instant> tlsBrokeAt) {

    public Errand {
        recipients = List.copyOf(recipients);
    }

    /** One for a host of whose TLS nothing is known. */
    public Errand(
            Consignment consignment,
            List<Recipient> recipients,
            Destination destination,
            StartTlsUse startTls,
            String ehloName) {
        this(consignment, recipients, destination, startTls, ehloName, Optional.empty());
    }

    /**
     * The same in plain text, because the host's TLS broke a while ago.
     *
     * @throws IllegalStateException where TLS is required
     */
    public Errand inPlainText(Instant brokeAt) {
        if (startTls == StartTlsUse.REQUIRED) {
            throw new IllegalStateException("TLS is required of " + destination);
        }
        return new Errand(consignment, recipients, destination, StartTlsUse.NONE, ehloName, Optional.of(brokeAt));
    }

    Envelope envelope() {
        return consignment.envelope();
    }

    Requirement requirement() {
        return consignment.decision().desired();
    }

    /**
     * The lowest TLS version that is offered. Where TLS is required TLSv1.2 is offered even if more is asked for: the
     * session is then judged and refused by name, instead of breaking without a word. No mail passes either way.
     */
    public TlsVersion floor() {
        TlsVersion minimum = requirement().minimum();
        return startTls == StartTlsUse.REQUIRED && minimum.isAtLeast(TlsVersion.DEFAULT_MINIMUM)
                ? TlsVersion.DEFAULT_MINIMUM
                : minimum;
    }

    /** The name for SNI (RFC 6066 §3 has none for addresses). */
    Optional<String> serverName() {
        return destination.isAddressLiteral() ? Optional.empty() : Optional.of(destination.host());
    }

    boolean needsEightBit() {
        return envelope().body() == BodyType.EIGHT_BIT_MIME;
    }

    /** RFC 6531 §3.3: asked for at MAIL by the sender, or an address that is not ASCII. */
    boolean needsSmtpUtf8() {
        return envelope().smtpUtf8()
                || !isAscii(envelope().reversePath())
                || recipients.stream().anyMatch(recipient -> !isAscii(recipient.forwardPath()));
    }

    /** A connection that has not come to be judged. */
    JudgedHop unjudged(TlsFacts tls) {
        return new JudgedHop(hop(tls, Authentication.NONE, Optional.empty()), Optional.empty());
    }

    Hop hop(TlsFacts tls, Authentication authentication, Optional<Boolean> mxSecure) {
        return new Hop(
                destination.host(),
                Optional.of(destination.address().toString()),
                destination.port(),
                tls,
                authentication,
                mxSecure);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
