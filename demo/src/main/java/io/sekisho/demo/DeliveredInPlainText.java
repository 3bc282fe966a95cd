package io.sekisho.demo;

/** Opportunistic, and the partner offers no STARTTLS. */
final class DeliveredInPlainText extends OutboundLine {

    DeliveredInPlainText() {
        super("delivered in plain text (opportunistic)", "carol", Partners.PLAIN_DOMAIN);
    }

    @Override
    Expectation expected() {
        return delivered("NONE");
    }
}
