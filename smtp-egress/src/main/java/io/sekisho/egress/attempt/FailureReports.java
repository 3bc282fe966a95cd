package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.JudgedHop;
import io.sekisho.egress.dsn.Action;
import io.sekisho.egress.dsn.ReportedRecipient;
import io.sekisho.egress.dsn.ReportedRecipient.Reason;
import io.sekisho.egress.dsn.ReturnedExtent;
import io.sekisho.egress.failure.Disposition;
import io.sekisho.egress.failure.Fault;
import io.sekisho.mail.event.Hop;
import io.sekisho.policyclient.match.MatchedRule;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Says in a report what went wrong, and which of the rules stood in the way. */
final class FailureReports {

    /** RFC 3463 §3.4: other or undefined mail system status. */
    private static final String DAMAGED = "5.3.0";

    private final Reports reports;
    private final Clock clock;

    FailureReports(Reports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /** Reports recipients that failed together; the result has the reports that are in the queue. */
    Uni<List<SentReport>> send(MailInHand mail, List<Failure> failures) {
        return reports.send(
                Action.FAILED,
                mail.envelope(),
                mail.body().content(),
                failures.stream().map(this::entry).toList());
    }

    private Reports.Entry entry(Failure failure) {
        // A way that asks for TLS must not be undone by a report that goes back in clear.
        boolean secret =
                failure.way().map(way -> way.decision().desired().requiresTls()).orElse(true);
        return new Reports.Entry(
                reported(failure),
                failure.to().attempt(),
                secret ? ReturnedExtent.HEADERS : ReturnedExtent.WHOLE_IF_SMALL);
    }

    private ReportedRecipient reported(Failure failure) {
        return switch (failure.outcome()) {
            case Disposition.Bounce(Fault fault, var blockReason) -> reported(failure, fault, Reason.TOLD_BELOW);
            case Disposition.Expire(Fault fault) -> reported(failure, fault, Reason.EXPIRED);
            case Disposition.Quarantine(String detail) ->
                new ReportedRecipient(
                        failure.to().recipient(),
                        DAMAGED,
                        Optional.empty(),
                        Optional.empty(),
                        Reason.DAMAGED,
                        detail,
                        List.of(),
                        Optional.empty(),
                        clock.instant(),
                        Optional.empty());
            default -> throw new IllegalArgumentException("not a failure: " + failure.outcome());
        };
    }

    private ReportedRecipient reported(Failure failure, Fault fault, Reason reason) {
        return new ReportedRecipient(
                failure.to().recipient(),
                permanent(fault.enhancedStatus()),
                fault.hop().map(JudgedHop::hop).map(Hop::host),
                fault.reply(),
                reason,
                fault.detail(),
                fault.tlsStep().isPresent() ? rules(failure) : List.of(),
                fault.tlsStep(),
                clock.instant(),
                Optional.empty());
    }

    /** The rules that ask for TLS: the others did not stand in the way. */
    private static List<String> rules(Failure failure) {
        return failure.way().stream()
                .flatMap(way -> way.decision().matched().stream())
                .filter(rule -> rule.requirement().requiresTls())
                .map(MatchedRule::id)
                .toList();
    }

    /** RFC 3464 §2.3.4: what is given up has a status of class 5; of what timed out the class alone changes. */
    private static String permanent(String enhancedStatus) {
        return enhancedStatus.startsWith("4.") ? "5" + enhancedStatus.substring(1) : enhancedStatus;
    }
}
