package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.smtp.reply.EhloKeyword;
import io.sekisho.smtp.reply.EhloResponse;
import io.sekisho.smtp.reply.SmtpReply;

/** EHLO was sent: the first, or the one after TLS, before which nothing of what was learnt counts (RFC 3207 §4.2). */
record AwaitingEhlo(Talk talk) implements ClientState {

    static Transition begin(Talk talk) {
        return Transition.to(
                new AwaitingEhlo(talk), new Effect.Send("EHLO " + talk.errand().ehloName() + "\r\n"));
    }

    @Override
    public Wait waitsFor() {
        return Wait.replyTo(talk.security().isTls() ? "EHLO after STARTTLS" : "EHLO");
    }

    @Override
    public Transition replied(SmtpReply reply) {
        if (reply.code() / 100 == 2) {
            return offered(EhloResponse.of(reply));
        }
        if (reply.isPermanentFailure()) {
            return refused(reply);
        }
        return reply.isPositive()
                ? Transition.close(
                        SessionResult.setback(talk, Result.UNREACHABLE, Reports.outOfPlace(talk, reply, "EHLO")))
                : Transition.after(
                        reply, SessionResult.setback(talk, Result.REFUSED, Reports.refusal(talk, reply, "EHLO")));
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        // A host that does not like our side of a TLSv1.3 handshake says so only now: it is still the handshake.
        if (talk.security().isTls() && interruption instanceof Input.Interruption.Lost) {
            return TlsTrouble.handshake(
                    talk, Input.HandshakeFailed.Reason.OTHER, Reports.describe(talk, waitsFor(), interruption));
        }
        return Transition.close(SessionResult.interrupted(talk, waitsFor(), interruption));
    }

    private Transition offered(EhloResponse offers) {
        // RFC 3207 §4.2: after TLS it is not offered again, and would not be taken.
        boolean begin = talk.errand().startTls() != StartTlsUse.NONE
                && !talk.security().isTls()
                && offers.offers(EhloKeyword.STARTTLS);
        return begin
                ? Transition.to(new AwaitingStartTls(talk, offers), new Effect.Send("STARTTLS\r\n"))
                : Admission.of(talk, offers);
    }

    private Transition refused(SmtpReply reply) {
        // RFC 5321 §3.2: a host of before ESMTP is greeted with HELO; but then it can offer no TLS.
        boolean tlsIsMissing = talk.errand().startTls() == StartTlsUse.REQUIRED
                && !talk.security().isTls();
        return tlsIsMissing ? Admission.of(talk, EhloResponse.none(reply.text())) : AwaitingHelo.begin(talk);
    }
}
