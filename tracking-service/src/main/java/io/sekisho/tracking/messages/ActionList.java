package io.sekisho.tracking.messages;

import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.tls.TlsFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the section "Actions" of events. */
final class ActionList {
    private static final Comparator<MailEvent> IN_TIME = Comparator.comparing(MailEvent::at)
            .thenComparingInt(MailEvent::attempt)
            .thenComparing(MailEvent::kind);

    private ActionList() {}

    /** One action for each event, in the order of time; where the reception itself was never told, later events tell it. */
    static List<Action> of(List<MailEvent> events, Language language) {
        List<MailEvent> told = new ArrayList<>(events);
        told.addAll(untoldReceptions(events));
        told.sort(IN_TIME);
        return told.stream()
                .flatMap(event -> event.message().map(facts -> action(event, facts, language)).stream())
                .toList();
    }

    /** Ingress does not wait for its own events (architecture.md), so a crash can swallow them; every later one carries the same facts. */
    private static List<MailEvent> untoldReceptions(List<MailEvent> events) {
        Map<String, Optional<MessageFacts>> untold = new HashMap<>();
        for (MailEvent event : events) {
            MessageFacts facts = event.message().orElseThrow();
            switch (event.kind()) {
                case RECEIVED, QUEUED, REJECTED -> untold.put(facts.recipient(), Optional.empty());
                default -> untold.putIfAbsent(facts.recipient(), Optional.of(facts));
            }
        }
        return untold.values().stream()
                .flatMap(Optional::stream)
                .map(facts -> MailEvent.of(EventKind.RECEIVED, facts.receivedAt(), facts, 0))
                .toList();
    }

    private static Action action(MailEvent event, MessageFacts facts, Language language) {
        Optional<Session> session = Session.of(event);
        Optional<TlsFacts> tls = session.map(Session::tls);
        return new Action(
                event.at(),
                event.kind(),
                facts.recipient(),
                event.attempt(),
                session.map(Session::side),
                session.flatMap(Session::host),
                session.flatMap(Session::address),
                session.flatMap(Session::port),
                tls.map(TlsFacts::protocol),
                tls.flatMap(TlsFacts::cipher),
                tls.flatMap(TlsFacts::group),
                tls.flatMap(TlsFacts::certificate),
                session.map(Session::authentication),
                session.flatMap(Session::mxSecure),
                event.policy(),
                event.reply(),
                event.blockReason(),
                event.blockReason().map(language::label),
                event.failure(),
                event.detail(),
                event.due(),
                event.reportId(),
                event.ledgerAbsent());
    }
}
