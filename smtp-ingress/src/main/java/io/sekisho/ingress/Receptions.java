package io.sekisho.ingress;

import io.sekisho.ingress.limit.ClientLimits;
import io.sekisho.ingress.recipient.RecipientDecisions;
import io.sekisho.ingress.session.ListenerMode;
import io.sekisho.ingress.session.ListenerRules;
import io.sekisho.ingress.session.Reception;
import io.sekisho.ingress.session.SessionLimits;
import io.sekisho.ingress.session.StartTlsOffer;
import io.sekisho.ingress.submission.SubmissionUsers;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.smtp.content.BareLf;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * How each listener receives, as the configuration has it.
 *
 * @param hostname in banners, replies and Received fields
 */
record Receptions(
        IngressSettings.Smtp smtp,
        String hostname,
        RecipientDecisions decisions,
        SubmissionUsers users,
        ClientLimits clients) {

    Reception first() {
        return reception(
                ListenerMode.MX,
                smtp.noStartTls(),
                smtp.bareLf(),
                smtp.sizeLimit().asLongValue());
    }

    Reception of(IngressSettings.Listener listener) {
        return reception(
                listener.mode(),
                listener.noStartTls().or(smtp::noStartTls),
                listener.bareLf().orElse(smtp.bareLf()),
                listener.sizeLimit().orElse(smtp.sizeLimit()).asLongValue());
    }

    private Reception reception(ListenerMode mode, Optional<List<String>> noStartTls, BareLf bareLf, long sizeLimit) {
        SessionLimits limits = new SessionLimits(
                sizeLimit,
                smtp.recipientLimit(),
                smtp.envelopeLimit().asLongValue(),
                smtp.errorLimit(),
                SessionLimits.RECEIVED_FIELDS);
        StartTlsOffer offer = smtp.tls().certificate().isPresent()
                ? new StartTlsOffer.ToAllBut(networks(noStartTls))
                : StartTlsOffer.toNobody();
        return new Reception(
                hostname,
                new ListenerRules(mode, offer, smtp.senderDomainCheck(), bareLf),
                limits,
                decisions,
                users,
                clients,
                InstantSource.system());
    }

    static List<IpNetwork> networks(Optional<List<String>> texts) {
        return texts.orElse(List.of()).stream().map(IpNetwork::parse).toList();
    }
}
