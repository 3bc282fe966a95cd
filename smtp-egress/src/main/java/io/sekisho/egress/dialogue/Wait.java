package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.DeliverySettings.TimeOuts;
import java.time.Duration;

/**
 * What a state waits for.
 *
 * @param what as people read it: "the reply to MAIL FROM"
 */
public record Wait(String what, Limit limit) {

    /** Which of the time-outs holds (RFC 5321 §4.5.3.2). */
    public enum Limit {
        GREETING,
        COMMAND,
        HANDSHAKE,
        DATA,
        BLOCK,
        FINAL_DOT,
        QUIT,
        IDLE;

        /** Its value in the configuration. */
        public Duration in(TimeOuts timeOuts) {
            return switch (this) {
                case GREETING -> timeOuts.greeting();
                case COMMAND -> timeOuts.command();
                case HANDSHAKE -> timeOuts.handshake();
                case DATA -> timeOuts.data();
                case BLOCK -> timeOuts.block();
                case FINAL_DOT -> timeOuts.finalDot();
                case QUIT -> timeOuts.quit();
                case IDLE -> timeOuts.idle();
            };
        }
    }

    /** A duration as details show it. */
    public static String text(Duration limit) {
        return limit.toMillis() % 1_000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }

    static Wait replyTo(String command) {
        return new Wait("the reply to " + command, Limit.COMMAND);
    }
}
