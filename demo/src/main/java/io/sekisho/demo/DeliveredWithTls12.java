package io.sekisho.demo;

/** Mandatory, and the partner has TLSv1.2 only: the floor where none is stated. */
final class DeliveredWithTls12 extends OutboundLine {

    DeliveredWithTls12() {
        super("delivered with TLSv1.2 (mandatory)", "bob", Partners.TLS12_DOMAIN);
    }

    @Override
    Expectation expected() {
        return delivered("TLSv1.2");
    }
}
