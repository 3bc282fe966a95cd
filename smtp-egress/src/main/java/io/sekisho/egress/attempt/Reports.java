package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.MessageContent;
import io.sekisho.egress.dsn.Action;
import io.sekisho.egress.dsn.NotifyWish;
import io.sekisho.egress.dsn.Report;
import io.sekisho.egress.dsn.ReportComposer;
import io.sekisho.egress.dsn.ReportEnvelope;
import io.sekisho.egress.dsn.ReportedRecipient;
import io.sekisho.egress.dsn.ReturnedContent;
import io.sekisho.egress.dsn.ReturnedExtent;
import io.sekisho.egress.dsn.ReturnedReader;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.queue.QueueWriter;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.event.MessageFacts;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Sends reports to the senders of messages: one for the recipients of a message that failed together, and belong to the
 * same managed domains.
 *
 * <p>Thread safety: all methods.
 */
final class Reports {

    private static final Logger LOG = Logger.getLogger(Reports.class);

    private final ReportComposer composer;
    private final QueueWriter queue;
    private final Predicate<DomainName> isManaged;
    private final Clock clock;

    Reports(ReportComposer composer, QueueWriter queue, Predicate<DomainName> isManaged, Clock clock) {
        this.composer = composer;
        this.queue = queue;
        this.isManaged = isManaged;
        this.clock = clock;
    }

    /**
     * A recipient to be reported.
     *
     * @param attempt whose outcome is reported; with it a repetition is the same report
     */
    record Entry(ReportedRecipient about, int attempt, ReturnedExtent extent) {}

    /**
     * A report that is to be made.
     *
     * @param id by which a repetition is the same report
     * @param domains the managed domains to which it belongs
     */
    record Planned(UUID id, Action action, List<Entry> entries, List<DomainName> domains) {
        Planned {
            entries = List.copyOf(entries);
            domains = List.copyOf(domains);
        }
    }

    /** The reports about those whom the sender wants to hear of. */
    List<Planned> plan(Action action, Envelope original, List<Entry> entries) {
        Map<List<DomainName>, List<Entry>> byDomains = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (NotifyWish.wants(action, original, entry.about.recipient())) {
                byDomains
                        .computeIfAbsent(
                                MessageFacts.of(original, entry.about.recipient())
                                        .managedDomains(),
                                any -> new ArrayList<>())
                        .add(entry);
            }
        }
        List<Planned> planned = new ArrayList<>();
        byDomains.forEach((domains, all) -> bounded(all)
                .forEach(some -> planned.add(new Planned(id(action, original, some), action, some, domains))));
        return planned;
    }

    /** {@link #plan} and {@link #send} at once. */
    Uni<List<SentReport>> send(Action action, Envelope original, MessageContent content, List<Entry> entries) {
        return send(original, content, plan(action, original, entries));
    }

    /**
     * Puts reports into the intake queue.
     *
     * @return those that are there, when the result arrives
     */
    Uni<List<SentReport>> send(Envelope original, MessageContent content, List<Planned> planned) {
        return Multi.createFrom()
                .iterable(planned)
                .onItem()
                .transformToUniAndConcatenate(one -> send(original, content, one))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }

    private Uni<Optional<SentReport>> send(Envelope original, MessageContent content, Planned planned) {
        boolean headersOnly =
                original.dsn().ret().filter("HDRS"::equalsIgnoreCase).isPresent()
                        // RFC 3461 §4.3: RET is about failures; of anything else the headers are enough.
                        || planned.action != Action.FAILED
                        || planned.entries.stream().anyMatch(entry -> entry.extent == ReturnedExtent.HEADERS);
        ReturnedExtent extent = headersOnly ? ReturnedExtent.HEADERS : ReturnedExtent.WHOLE_IF_SMALL;
        return Patience.until("content of a report", () -> ReturnedReader.read(content, extent))
                .chain(returned -> enqueue(original, returned, planned));
    }

    private Uni<Optional<SentReport>> enqueue(Envelope original, ReturnedContent returned, Planned planned) {
        Report report = new Report(
                planned.id,
                planned.action,
                original,
                planned.entries.stream().map(Entry::about).toList(),
                returned,
                clock.instant());
        byte[] message = composer.compose(report);
        Optional<Envelope> envelope = ReportEnvelope.of(report, composer, message.length, planned.domains, isManaged);
        if (envelope.isEmpty()) {
            LOG.warn(LogLine.of("no report: the sender's address has no domain").with(LogKey.MESSAGE, original.id()));
            return Uni.createFrom().item(Optional.empty());
        }
        return Patience.until("report", () -> queue.write(envelope.get(), message))
                .replaceWith(() -> Optional.of(new SentReport(
                        envelope.get(),
                        planned.entries.stream()
                                .map(entry -> entry.about.recipient().forwardPath())
                                .collect(Collectors.toSet()))));
    }

    private static UUID id(Action action, Envelope original, List<Entry> entries) {
        List<String> parts = new ArrayList<>(List.of(original.id().toString(), "report", action.name()));
        entries.stream()
                .map(entry -> entry.attempt + ":" + entry.about.recipient().forwardPath())
                .sorted()
                .forEach(parts::add);
        return MessageIds.derived(parts.toArray(String[]::new));
    }

    private static List<List<Entry>> bounded(List<Entry> entries) {
        List<List<Entry>> parts = new ArrayList<>();
        for (int start = 0; start < entries.size(); start += Report.MOST_RECIPIENTS) {
            parts.add(entries.subList(start, Math.min(start + Report.MOST_RECIPIENTS, entries.size())));
        }
        return parts;
    }
}
