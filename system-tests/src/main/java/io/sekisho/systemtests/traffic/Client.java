package io.sekisho.systemtests.traffic;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One client: sends a number until it is acknowledged, over as many connections as that takes. One thread. */
final class Client {

    private static final int MESSAGES_PER_CONNECTION = 20;
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private final Clients all;
    private final ClientSession.Security security;
    private ClientSession session;
    private int left;

    Client(Clients all, ClientSession.Security security) {
        this.all = all;
        this.security = security;
    }

    void sendOnAndOn() {
        while (all.awaitTurn()) {
            NumberedMail mail = all.nextMail();
            while (!all.isStopped() && !send(mail)) {
                hangUp();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        hangUp();
    }

    /** True if the number needs no further attempt. */
    private boolean send(NumberedMail mail) {
        boolean dotSent = false;
        try {
            connect();
            session.open(all.sender(mail), List.of(NumberedMail.recipient(mail.destination())));
            dotSent = true;
            session.content(mail.content());
            String reply = session.reply();
            if (reply.startsWith("2")) {
                all.answers().acknowledge(mail.number());
                return true;
            }
            throw new ClientSession.RefusedException(reply);
        } catch (IOException failed) {
            if (dotSent) {
                all.answers().doubt(mail.number());
            }
            boolean refused = failed instanceof ClientSession.RefusedException answer
                    && answer.reply().startsWith("5");
            if (refused) {
                all.answers().refuse(mail.number(), failed.getMessage());
            }
            return refused;
        }
    }

    private void connect() throws IOException {
        if (session != null && left == 0) {
            bidFarewell();
        }
        if (session == null) {
            session = new ClientSession(all.somePort(), security);
            left = MESSAGES_PER_CONNECTION;
        }
        left--;
    }

    private void bidFarewell() {
        try {
            session.quit();
        } catch (IOException gone) {
            // All that it carried was answered.
        }
        hangUp();
    }

    private void hangUp() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
