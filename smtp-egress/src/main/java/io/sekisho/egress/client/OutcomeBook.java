package io.sekisho.egress.client;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.delivery.RecipientOutcome.TlsUnavailable;
import io.sekisho.egress.dialogue.SessionResult;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.Hop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an attempt has come to so far, host after host, and the one place that makes one outcome of what several hosts
 * did, by the rules of {@link RecipientOutcome}.
 *
 * <p>Thread safety: none; confined to the attempt's event loop.
 */
final class OutcomeBook {

    private final List<Recipient> recipients;
    private final List<HostAttempt> hosts = new ArrayList<>();
    private final Map<Recipient, RecipientOutcome> settled = new LinkedHashMap<>();
    private final Map<Recipient, Map<String, List<RecipientOutcome>>> setbacks = new LinkedHashMap<>();

    OutcomeBook(List<Recipient> recipients) {
        this.recipients = recipients;
        recipients.forEach(recipient -> setbacks.put(recipient, new LinkedHashMap<>()));
    }

    /** The recipients for whom it makes sense to try the next host. */
    List<Recipient> open() {
        return recipients.stream()
                .filter(recipient -> !settled.containsKey(recipient))
                .toList();
    }

    void add(SessionResult result) {
        hosts.add(result.host());
        settled.putAll(result.settled());
        Hop hop = result.host().hop().hop();
        String host = hop.host() + ":" + hop.port();
        result.setbacks().forEach((recipient, outcome) -> note(recipient, host, outcome));
    }

    /** A setback without a connection: a host that has no address, or no time left for one. */
    void setback(RecipientOutcome outcome) {
        setbacks.forEach((recipient, byHost) -> note(recipient, "no connection " + byHost.size(), outcome));
    }

    /** Ends the attempt for all that are still open. */
    void settle(RecipientOutcome outcome) {
        open().forEach(recipient -> settled.put(recipient, outcome));
    }

    DeliveryReport report() {
        Map<Recipient, RecipientOutcome> outcomes = new LinkedHashMap<>();
        for (Recipient recipient : recipients) {
            RecipientOutcome last = settled.get(recipient);
            outcomes.put(
                    recipient, last == null ? verdict(setbacks.get(recipient).values()) : last);
        }
        return new DeliveryReport(hosts, outcomes);
    }

    private void note(Recipient recipient, String host, RecipientOutcome outcome) {
        setbacks.get(recipient)
                .computeIfAbsent(host, first -> new ArrayList<>())
                .add(outcome);
    }

    /** One outcome of the setbacks at all hosts, the most preferred host first. */
    static RecipientOutcome verdict(Collection<List<RecipientOutcome>> byHost) {
        return overall(
                byHost.stream().flatMap(addresses -> ofHost(addresses).stream()).toList());
    }

    /**
     * What one host's addresses came to: those that answered speak for it. Otherwise an IPv6 address that is out of reach
     * from here would keep its host from ever having failed for TLS, or for good.
     */
    private static List<RecipientOutcome> ofHost(List<RecipientOutcome> addresses) {
        List<RecipientOutcome> answered = addresses.stream()
                .filter(outcome -> !(outcome instanceof Deferred deferred
                        && (deferred.cause() instanceof DeferralCause.HostUnreachable
                                || deferred.cause() instanceof DeferralCause.NoRoute)))
                .toList();
        return answered.isEmpty() ? addresses : answered;
    }

    private static RecipientOutcome overall(List<RecipientOutcome> setbacks) {
        List<Deferred> transients = only(Deferred.class, setbacks);
        if (!transients.isEmpty()) {
            return transients.stream()
                    .filter(deferred -> deferred.reply().isPresent())
                    .findFirst()
                    .orElse(transients.getFirst());
        }
        List<TlsUnavailable> tls = only(TlsUnavailable.class, setbacks);
        return tls.isEmpty() ? firstWithReply(setbacks) : joined(tls);
    }

    private static RecipientOutcome firstWithReply(List<RecipientOutcome> failures) {
        return failures.stream()
                .filter(outcome -> outcome instanceof RecipientOutcome.Failed failed
                        && failed.reply().isPresent())
                .findFirst()
                .orElseGet(failures::getFirst);
    }

    /** The first, with a detail that tells of every host: the report to the sender has room for it. */
    private static TlsUnavailable joined(List<TlsUnavailable> failures) {
        TlsUnavailable first = failures.getFirst();
        Set<String> details =
                failures.stream().map(TlsUnavailable::detail).collect(Collectors.toCollection(LinkedHashSet::new));
        return new TlsUnavailable(
                first.reason(),
                first.enhancedStatus(),
                first.step(),
                String.join("; ", details),
                first.hop(),
                first.failure());
    }

    private static <T extends RecipientOutcome> List<T> only(Class<T> type, List<RecipientOutcome> outcomes) {
        return outcomes.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
