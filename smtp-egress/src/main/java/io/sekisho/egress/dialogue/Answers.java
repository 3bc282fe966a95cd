package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.SmtpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the host has said so far to the envelope.
 *
 * @param mailRefusal its reply to MAIL, where it was no 2yz: the replies to RCPT then mean nothing
 * @param rcpt its replies to RCPT, in the order of the recipients
 */
record Answers(Optional<SmtpReply> mailRefusal, List<SmtpReply> rcpt) {

    static final Answers NONE = new Answers(Optional.empty(), List.of());

    Answers {
        rcpt = List.copyOf(rcpt);
    }

    Answers withMailRefused(SmtpReply reply) {
        return new Answers(Optional.of(reply), rcpt);
    }

    Answers withRcpt(SmtpReply reply) {
        List<SmtpReply> longer = new ArrayList<>(rcpt);
        longer.add(reply);
        return new Answers(mailRefusal, longer);
    }

    /** Whether the recipient of this index may get the message: it was accepted, or is not answered yet. */
    boolean isOpen(int index) {
        return mailRefusal.isEmpty() && (index >= rcpt.size() || isAccepted(rcpt.get(index)));
    }

    boolean acceptsAny() {
        return mailRefusal.isEmpty() && rcpt.stream().anyMatch(Answers::isAccepted);
    }

    static boolean isAccepted(SmtpReply reply) {
        return reply.code() / 100 == 2;
    }
}
