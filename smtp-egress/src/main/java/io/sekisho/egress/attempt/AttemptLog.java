package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.JudgedHop;
import io.sekisho.egress.failure.Disposition;
import io.sekisho.egress.failure.Fault;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import java.util.Optional;
import java.util.UUID;

/** The line that an administrator looks for: who, where to, under which rules, with which TLS, and what came of it. */
final class AttemptLog {

    private AttemptLog() {}

    static LogLine line(UUID message, Addressee to, Disposition disposition, Optional<Leg.Way> way) {
        LogLine line = LogLine.of("attempt")
                .with(LogKey.MESSAGE, message)
                .with(LogKey.RECIPIENT, to.forwardPath())
                .with(LogKey.ATTEMPT, to.attempt());
        way.ifPresent(
                it -> line.with(LogKey.RULES, String.join(",", it.decision().ruleIds()))
                        .with(LogKey.REVISION, it.decision().revision()));
        return switch (disposition) {
            case Disposition.Delivered it ->
                hop(line.with(LogKey.OUTCOME, "delivered"), Optional.of(it.hop()))
                        .with(LogKey.REPLY, it.reply().code() + " " + it.reply().text());
            case Disposition.Retry it ->
                fault(line.with(LogKey.OUTCOME, "deferred"), it.fault()).with(LogKey.DUE, it.due());
            case Disposition.Postpone it ->
                line.with(LogKey.OUTCOME, "postponed")
                        .with(LogKey.DETAIL, it.detail())
                        .with(LogKey.DUE, it.due());
            case Disposition.Bounce it ->
                fault(line.with(LogKey.OUTCOME, "bounced"), it.fault()).with(LogKey.CAUSE, it.blockReason());
            case Disposition.Expire it -> fault(line.with(LogKey.OUTCOME, "expired"), it.fault());
            case Disposition.Quarantine it ->
                line.with(LogKey.OUTCOME, "quarantined").with(LogKey.DETAIL, it.detail());
            case Disposition.StandAside it ->
                line.with(LogKey.OUTCOME, "stood-aside").with(LogKey.DETAIL, it.detail());
        };
    }

    private static LogLine fault(LogLine line, Fault fault) {
        return hop(line, fault.hop())
                .with(LogKey.STATUS, fault.enhancedStatus())
                .with(LogKey.FAILURE, fault.failure())
                .with(LogKey.REPLY, fault.reply().map(reply -> reply.code() + " " + reply.text()))
                .with(LogKey.DETAIL, fault.detail());
    }

    private static LogLine hop(LogLine line, Optional<JudgedHop> hop) {
        hop.ifPresent(it -> {
            line.with(LogKey.HOST, it.hop().host())
                    .with(LogKey.TLS, it.hop().tls().protocol());
            it.policy().ifPresent(policy -> line.with(LogKey.VERDICT, policy.verdict()));
        });
        return line;
    }
}
