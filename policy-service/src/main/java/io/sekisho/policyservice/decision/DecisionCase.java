package io.sekisho.policyservice.decision;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.match.SessionTls;
import io.sekisho.rest.Faults;
import java.util.Optional;

/**
 * A {@link DecisionQuestion} that was read and checked.
 *
 * @param client always there for INBOUND
 * @param senderDomain empty for the null sender, and for an address literal
 * @param recipientDomain always there for OUTBOUND
 */
record DecisionCase(
        Direction direction,
        DomainName managedDomain,
        Optional<IpAddress> client,
        Optional<DomainName> senderDomain,
        Optional<DomainName> recipientDomain,
        Optional<SessionTls> session) {

    /**
     * Reads a question.
     *
     * @throws io.sekisho.rest.Refusal 400 naming every wrong field
     */
    static DecisionCase read(DecisionQuestion question) {
        Faults faults = new Faults();
        boolean inbound = question.direction() == Direction.INBOUND;
        faults.addIf(question.direction() == null, "direction", "is required; use INBOUND or OUTBOUND");
        faults.addIf(question.managedDomain() == null, "managedDomain", "is required");
        faults.addIf(inbound && question.clientAddress() == null, "clientAddress", "is required for INBOUND");
        Optional<DomainName> sender = domain(faults, "sender", question.sender());
        Optional<DomainName> recipient = domain(faults, "recipient", question.recipient());
        faults.addIf(
                question.direction() == Direction.OUTBOUND && recipient.isEmpty(),
                "recipient",
                "is required for OUTBOUND, with a domain");
        faults.addIf(
                inbound && recipient.isPresent() && !recipient.get().equals(question.managedDomain()),
                "recipient",
                "is not in the managed domain: the inbound rules are those of the recipient's domain");
        Optional<SessionTls> session = Optional.ofNullable(question.session()).map(assumed -> session(faults, assumed));
        faults.refuseIfAny();
        return new DecisionCase(
                question.direction(),
                question.managedDomain(),
                Optional.ofNullable(question.clientAddress()),
                sender,
                recipient,
                session);
    }

    /** RFC 5321 §4.1.1.2: a path may stand in angle brackets, and {@code <>} is the null reverse-path. */
    private static Optional<DomainName> domain(Faults faults, String field, String path) {
        String text = path == null ? "" : path.strip();
        String mailbox = text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
        String domain = mailbox.substring(mailbox.lastIndexOf('@') + 1);
        if (mailbox.isEmpty() || domain.startsWith("[")) {
            return Optional.empty();
        }
        Optional<DomainName> name = DomainName.tryParse(domain);
        faults.addIf(name.isEmpty(), field, "'" + path + "' has no domain; use an address such as alice@example.com");
        return name;
    }

    private static SessionTls session(Faults faults, DecisionQuestion.Session assumed) {
        String text = assumed.tlsVersion() == null ? TlsFacts.PLAIN : assumed.tlsVersion();
        Optional<TlsVersion> version = TlsVersion.ofProtocol(text);
        faults.addIf(
                version.isEmpty() && !text.equals(TlsFacts.PLAIN),
                "session.tlsVersion",
                "'" + text + "' is not accepted; use NONE, SSLv3, TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3");
        return new SessionTls(version, AssumedCertificate.of(Optional.ofNullable(assumed.certificate())));
    }
}
