package io.sekisho.ingress.session;

import io.sekisho.smtp.content.BareLf;

/**
 * How a listener treats its clients.
 *
 * @param startTls to whom it is offered
 * @param senderCheck whether DNS is asked about the domains of strangers' MAIL FROM
 * @param bareLf what becomes of a LF without CR in the mail of relay sources and users; strangers' is always refused
 */
public record ListenerRules(ListenerMode mode, StartTlsOffer startTls, SenderCheck senderCheck, BareLf bareLf) {

    /** Whether DNS is asked. */
    public enum SenderCheck {
        OFF,
        ON
    }

    /** A listener for other mail servers that refuses every bare LF. */
    public static ListenerRules mx(StartTlsOffer startTls, SenderCheck senderCheck) {
        return new ListenerRules(ListenerMode.MX, startTls, senderCheck, BareLf.REJECT);
    }
}
