package io.sekisho.ingress.session;

import io.sekisho.ingress.limit.ClientLimits.Answer;
import io.sekisho.ingress.recipient.RecipientDecision;
import io.sekisho.ingress.recipient.RecipientRequest;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.smtp.command.Command;
import io.sekisho.smtp.path.Mailbox;
import io.sekisho.smtp.reply.SmtpReply;
import java.util.List;
import java.util.Optional;

/** MAIL was accepted: recipients are named, each decided on its own. */
public record Transacting(Client client, Greeting greeting, Transaction transaction) implements CommandState {

    @Override
    public Transacting with(Client newClient) {
        return new Transacting(newClient, greeting, transaction);
    }

    @Override
    public Greeted reset() {
        return new Greeted(client, greeting);
    }

    @Override
    public Step mail(Command.Mail mail, Reception reception) {
        // RFC 5321 §4.1.4: no MAIL while a transaction is open.
        return error(Replies.NESTED_MAIL, reception);
    }

    @Override
    public Step rcpt(Command.Rcpt rcpt, Reception reception) {
        if (rcpt.characters() == Command.Characters.UTF8
                && !transaction.parameters().smtpUtf8()) {
            // RFC 6531 §3.5.
            return error(Replies.NEEDS_SMTPUTF8, reception);
        }
        // Refused ones count as well: to try many names is what the limit is against.
        Answer counted = reception.clients().recipient(client.address());
        RecipientDecision decision = reception
                .decisions()
                .decide(new RecipientRequest(
                        client.address(),
                        client.tls(),
                        client.certificate(),
                        client.user(),
                        transaction.reversePath(),
                        rcpt.forwardPath(),
                        rcpt.parameters()));
        return switch (decision) {
            case RecipientDecision.Accepted accepted
            when counted == Answer.BEYOND ->
                refuse(accepted.butRefused(Replies.tooManyRecipients(client.address()), Optional.empty()), reception);
            case RecipientDecision.Accepted accepted -> admit(accepted, reception);
            case RecipientDecision.Refused refused -> refuse(refused, reception);
        };
    }

    @Override
    public Step data(Behind behind, Reception reception) {
        if (!transaction.recipients().isEmpty()) {
            return Step.to(
                    new Preparing(client, greeting, transaction, behind),
                    new Effect.OpenContent(
                            transaction.id(), transaction.recipients().size()));
        }
        SmtpReply reply = noRecipients();
        // What a client sends without waiting for 354 is content that must never be read as commands.
        return behind == Behind.OCTETS ? Step.close(reply, "octets behind a refused DATA") : idle(reply, reception);
    }

    @Override
    public Step bdat(Command.Bdat bdat, Reception reception) {
        if (transaction.recipients().isEmpty()) {
            return Step.to(new SkippingChunk(bdat.chunk(), idle(noRecipients(), reception)));
        }
        if (bdat.chunk().octets() > reception.limits().messageOctets()) {
            // RFC 1870 §6.3.
            return Step.to(new DiscardingChunk(
                    client,
                    greeting,
                    transaction,
                    bdat.chunk(),
                    reception.replies().tooLarge(),
                    Optional.of(BlockReason.MESSAGE_TOO_LARGE)));
        }
        return Step.to(
                new PreparingChunk(client, greeting, transaction, bdat.chunk()),
                new Effect.OpenContent(
                        transaction.id(), transaction.recipients().size()));
    }

    // RFC 5321 §3.3: 503 without RCPT, 554 where all were refused.
    private SmtpReply noRecipients() {
        return transaction.refused() == 0 ? Replies.RCPT_FIRST : Replies.NO_VALID_RECIPIENTS;
    }

    @Override
    public Step draining(Reception reception) {
        return Step.to(this);
    }

    /** The policy accepts; what remains is the sender's domain, where strangers' is looked at. */
    Step admit(RecipientDecision.Accepted accepted, Reception reception) {
        Optional<DomainName> domain = transaction.reversePath().asMailbox().flatMap(Mailbox::domainName);
        boolean looked = reception.senderCheck() == ListenerRules.SenderCheck.ON
                && accepted.sender() == RecipientDecision.Sender.STRANGER
                && domain.isPresent();
        if (!looked) {
            return accept(accepted, reception);
        }
        if (transaction.sender().isEmpty()) {
            return Step.to(
                    new CheckingSender(client, greeting, transaction, accepted), new Effect.CheckSender(domain.get()));
        }
        return switch (transaction.sender().get()) {
            case TAKES_MAIL, UNKNOWN -> accept(accepted, reception);
            case TAKES_NO_MAIL -> refuse(refused(accepted, Replies.senderTakesNoMail(domain.get())), reception);
            case DOES_NOT_EXIST -> refuse(refused(accepted, Replies.noSuchSenderDomain(domain.get())), reception);
        };
    }

    private static RecipientDecision.Refused refused(RecipientDecision.Accepted accepted, SmtpReply reply) {
        return accepted.butRefused(reply, Optional.of(BlockReason.SENDER_REFUSED));
    }

    private Step accept(RecipientDecision.Accepted accepted, Reception reception) {
        if (transaction.names(accepted.recipient())) {
            return Step.reply(this, Replies.RECIPIENT_OK);
        }
        Optional<Transaction> longer = transaction.with(accepted, reception.limits());
        if (longer.isEmpty()) {
            // RFC 5321 §4.5.3.1.10: the client sends the others in another transaction.
            return refuse(accepted.butRefused(Replies.TOO_MANY_RECIPIENTS, Optional.empty()), reception);
        }
        return Step.reply(new Transacting(client, greeting, longer.get()), Replies.RECIPIENT_OK);
    }

    private Step refuse(RecipientDecision.Refused refused, Reception reception) {
        Transaction counted = transaction.withRefused();
        // A recipient's policy is no error of the client; trying to relay is, and so is to go on beyond all limits.
        boolean error = refused.blockReason().equals(Optional.of(BlockReason.RELAYING_DENIED))
                || counted.refused() > 2 * reception.limits().recipients();
        Conduct conduct = error ? client.conduct().erred() : client.conduct();
        CommandState next = new Transacting(client.with(conduct), greeting, counted);
        return Step.to(
                error && conduct.errors() >= reception.limits().errors()
                        ? Refusing.andClose(refused.reply(), reception.replies().tooManyErrors(), "too many errors")
                        : Refusing.andGoOn(refused.reply(), next),
                new Effect.Await(
                        List.of(SessionEvents.rejected(client, greeting, transaction, refused, reception.now()))));
    }
}
