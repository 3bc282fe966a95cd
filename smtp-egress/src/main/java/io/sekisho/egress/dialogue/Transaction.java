package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.RecipientOutcome.Delivered;
import io.sekisho.egress.delivery.ReportDuty;
import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.smtp.reply.EhloKeyword;
import io.sekisho.smtp.reply.EhloResponse;
import io.sekisho.smtp.reply.SmtpReply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One message being handed over: its commands, the answers to them, and what these come to for each recipient.
 *
 * @param talk of a session that has been judged and meets the decision
 */
record Transaction(Talk talk, EhloResponse offers, Answers answers) {

    Transaction with(Answers more) {
        return new Transaction(talk, offers, more);
    }

    List<Recipient> recipients() {
        return talk.errand().recipients();
    }

    /** RFC 2920 §3.1: MAIL, RCPT and DATA may go in one group. */
    boolean isPipelined() {
        return offers.offers(EhloKeyword.PIPELINING);
    }

    /** RFC 3030: content goes by BDAT, unharmed and without dots; only where its chunks need not be answered one by one. */
    boolean isChunked() {
        return isPipelined() && offers.offers(EhloKeyword.CHUNKING);
    }

    /** How many replies the content gets, its verdict the last. */
    int contentReplies() {
        return isChunked() ? Math.max(1, talk.errand().consignment().content().parts()) : 1;
    }

    String mailCommand() {
        Envelope envelope = talk.errand().envelope();
        StringBuilder command =
                new StringBuilder("MAIL FROM:<").append(envelope.reversePath()).append('>');
        if (offers.offers(EhloKeyword.SIZE)) {
            command.append(" SIZE=")
                    .append(talk.errand().consignment().content().size());
        }
        if (envelope.body() == BodyType.EIGHT_BIT_MIME) {
            command.append(" BODY=8BITMIME");
        }
        if (talk.errand().needsSmtpUtf8()) {
            command.append(" SMTPUTF8");
        }
        if (offers.offers(EhloKeyword.DSN)) {
            envelope.dsn().ret().ifPresent(ret -> command.append(" RET=").append(ret));
            envelope.dsn().envid().ifPresent(envid -> command.append(" ENVID=").append(envid));
        }
        return command.append("\r\n").toString();
    }

    String rcptCommand(int index) {
        Recipient recipient = recipients().get(index);
        StringBuilder command =
                new StringBuilder("RCPT TO:<").append(recipient.forwardPath()).append('>');
        if (offers.offers(EhloKeyword.DSN)) {
            recipient.notifyOn().ifPresent(notify -> command.append(" NOTIFY=").append(notify));
            recipient.orcpt().ifPresent(orcpt -> command.append(" ORCPT=").append(orcpt));
        }
        return command.append("\r\n").toString();
    }

    /** The host refused what is still open, by this reply. */
    SessionResult refused(SmtpReply reply, String command) {
        return end(Result.REFUSED, Reports.refusal(talk, reply, command));
    }

    /** The host gave a reply that nothing can be concluded from. */
    SessionResult outOfPlace(SmtpReply reply, String command) {
        return end(Result.UNREACHABLE, Reports.outOfPlace(talk, reply, command));
    }

    SessionResult interrupted(Wait wait, Input.Interruption interruption) {
        return end(
                interruption instanceof Input.Interruption.Abandoned ? Result.ABANDONED : Result.UNREACHABLE,
                Reports.interruption(talk, wait, interruption));
    }

    SessionResult taken(SmtpReply reply) {
        ReportDuty duty = offers.offers(EhloKeyword.DSN) ? ReportDuty.PASSED_ON : ReportDuty.OURS;
        return end(Result.TOOK_MESSAGE, new Delivered(Reports.facts(reply), talk.hop(), duty));
    }

    /** All that could take the message were refused before the content. */
    SessionResult allRefused() {
        Map<Recipient, RecipientOutcome> outcomes = outcomes(outcomeOf(0));
        return SessionResult.of(talk, Result.REFUSED, outcomeOf(0), outcomes);
    }

    /**
     * The transaction is over.
     *
     * @param outcome of the recipients that were accepted or not yet answered
     */
    SessionResult end(Result result, RecipientOutcome outcome) {
        return SessionResult.of(talk, result, outcome, outcomes(outcome));
    }

    private Map<Recipient, RecipientOutcome> outcomes(RecipientOutcome ofOpen) {
        Map<Recipient, RecipientOutcome> outcomes = new LinkedHashMap<>();
        for (int i = 0; i < recipients().size(); i++) {
            outcomes.put(recipients().get(i), answers.isOpen(i) ? ofOpen : outcomeOf(i));
        }
        return outcomes;
    }

    private RecipientOutcome outcomeOf(int index) {
        if (answers.mailRefusal().isPresent()) {
            return Reports.refusal(talk, answers.mailRefusal().get(), "MAIL FROM");
        }
        SmtpReply reply = answers.rcpt().get(index);
        // RFC 5321 §4.5.3.1.10: 552 to RCPT is an old way to say "too many recipients", and temporary.
        boolean tooMany = reply.code() == 552
                && reply.status().map(Object::toString).map("5.5.3"::equals).orElse(true);
        return tooMany ? Reports.transientRefusal(talk, reply, "RCPT TO") : Reports.refusal(talk, reply, "RCPT TO");
    }
}
