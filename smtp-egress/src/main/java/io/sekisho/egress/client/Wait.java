package io.sekisho.egress.client;

import io.sekisho.egress.delivery.DeliverySettings.TimeOuts;
import java.time.Duration;

/**
 * What a state waits for.
 *
 * @param what as people read it: "the reply to MAIL FROM"
 */
record Wait(String what, Limit limit) {

    /** Which of the time-outs holds (RFC 5321 §4.5.3.2). */
    enum Limit {
        GREETING,
        COMMAND,
        HANDSHAKE,
        DATA,
        BLOCK,
        FINAL_DOT,
        QUIT;

        Duration in(TimeOuts timeOuts) {
            return switch (this) {
                case GREETING -> timeOuts.greeting();
                case COMMAND -> timeOuts.command();
                case HANDSHAKE -> timeOuts.handshake();
                case DATA -> timeOuts.data();
                case BLOCK -> timeOuts.block();
                case FINAL_DOT -> timeOuts.finalDot();
                case QUIT -> timeOuts.quit();
            };
        }
    }

    static Wait replyTo(String command) {
        return new Wait("the reply to " + command, Limit.COMMAND);
    }
}
