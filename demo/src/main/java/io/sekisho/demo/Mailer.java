package io.sekisho.demo;

import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends mail into the gateway by Vert.x Mail, a client that is not ours. */
final class Mailer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx();
    private final int port;

    Mailer(int port) {
        this.port = port;
    }

    /** Whether the client starts TLS, as its owner has set it. */
    enum Session {
        PLAIN(StartTLSOptions.DISABLED),
        TLS(StartTLSOptions.REQUIRED);

        private final StartTLSOptions option;

        Session(StartTLSOptions option) {
            this.option = option;
        }
    }

    /** What the gateway said. */
    sealed interface Answer {
        /** 250: it is responsible for the message now. */
        record Accepted() implements Answer {}

        /**
         * The recipient was refused.
         *
         * @param reply as the gateway gave it
         */
        record Refused(String reply) implements Answer {}
    }

    /** Sends one message to one recipient in a session of its own. */
    Answer send(String sender, String recipient, String subject, Session session) {
        String domain = sender.substring(sender.indexOf('@') + 1);
        MailConfig config = new MailConfig("127.0.0.1", port, session.option, LoginOption.DISABLED)
                .setTrustAll(true)
                .setKeepAlive(false)
                .setOwnHostname("mail." + domain);
        MailMessage message = new MailMessage()
                .setFrom(sender)
                .setTo(recipient)
                .setSubject(subject)
                .setText("A message of the demo.\r\n.\r\nThe line above is a single dot.\r\n");
        MailClient client = MailClient.create(vertx, config);
        try {
            client.sendMail(message).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Answer.Accepted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SMTPException refusal) {
                return new Answer.Refused(String.join(" ", refusal.getReplyMessages()));
            }
            throw new StoryFailure("Sending to 127.0.0.1:" + port + " failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new StoryFailure("The gateway did not answer within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoryFailure("interrupted", e);
        } finally {
            client.close();
        }
    }

    @Override
    public void close() {
        vertx.close();
    }
}
