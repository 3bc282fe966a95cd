package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.egress.delivery.RecipientOutcome.Failed;
import io.sekisho.mail.envelope.BodyType;
import io.sekisho.policyclient.match.Judge;
import io.sekisho.policyclient.match.Judgement;
import io.sekisho.smtp.reply.EhloKeyword;
import io.sekisho.smtp.reply.EhloResponse;
import java.util.Optional;

/**
 * The gate before MAIL FROM, and the only way to it: the session is judged by the policy, then the host by what the
 * message needs. Nothing is converted: a host that lacks an extension is passed over. Thread safety: no state.
 */
final class Admission {

    private Admission() {}

    static Transition of(Talk talk, EhloResponse offers) {
        if (!talk.errand().consignment().standing().holds()) {
            return Transition.rest(talk, offers, SessionResult.outdated(talk));
        }
        Judgement judgement = Judge.judge(
                talk.errand().consignment().decision(), talk.security().session());
        Talk judged = talk.judged(judgement);
        return switch (judgement) {
            case Judgement.Unmet unmet -> TlsTrouble.unmet(judged, unmet);
            case Judgement.Met met ->
                incapacity(judged, offers)
                        .map(failed -> Transition.rest(
                                judged, offers, SessionResult.setback(judged, Result.INCAPABLE, failed)))
                        .orElseGet(() -> AwaitingMail.begin(new Transaction(judged, offers, Answers.NONE)));
        };
    }

    private static Optional<Failed> incapacity(Talk talk, EhloResponse offers) {
        Errand errand = talk.errand();
        if (errand.envelope().body() == BodyType.BINARY_MIME) {
            // RFC 3030 §3: needs what this gateway takes from nobody.
            return failed(talk, "5.6.3", "the message is BINARYMIME, which cannot be passed on unconverted");
        }
        if (errand.needsEightBit() && !offers.offers(EhloKeyword.EIGHTBITMIME)) {
            // RFC 6152 §3: convert or bounce; converting would break signatures.
            return failed(talk, "5.6.3", errand.destination() + " does not offer 8BITMIME, which the message needs");
        }
        if (errand.needsSmtpUtf8() && !offers.offers(EhloKeyword.SMTPUTF8)) {
            // RFC 6531 §3.5.
            return failed(talk, "5.6.7", errand.destination() + " does not offer SMTPUTF8, which the message needs");
        }
        long size = errand.consignment().content().size();
        if (offers.sizeLimit().isPresent() && size > offers.sizeLimit().getAsLong()) {
            // RFC 1870 §6.1: there is no point in trying.
            return failed(
                    talk,
                    "5.3.4",
                    errand.destination() + " takes at most "
                            + offers.sizeLimit().getAsLong() + " octets, the message has " + size);
        }
        return Optional.empty();
    }

    private static Optional<Failed> failed(Talk talk, String enhancedStatus, String detail) {
        return Optional.of(new Failed(enhancedStatus, Optional.empty(), Optional.of(talk.hop()), detail));
    }
}
