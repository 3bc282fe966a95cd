package io.sekisho.demo;

/** Mandatory, minimum TLSv1.3: the partner has it. */
final class DeliveredWithTls13 extends OutboundLine {

    DeliveredWithTls13() {
        super("delivered with TLSv1.3 (mandatory)", "alice", Partners.TLS13_DOMAIN);
    }

    @Override
    Expectation expected() {
        return delivered("TLSv1.3");
    }
}
