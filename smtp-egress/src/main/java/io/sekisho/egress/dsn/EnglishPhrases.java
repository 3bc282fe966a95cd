package io.sekisho.egress.dsn;

import io.sekisho.egress.delivery.TlsStep;

/** Reports in English. */
record EnglishPhrases() implements Phrases {

    @Override
    public String subject(Action action) {
        return switch (action) {
            case FAILED -> "Undelivered mail: your message was not delivered";
            case DELAYED -> "Delayed mail: your message was not delivered yet";
            case RELAYED -> "Relayed mail: your message was passed on";
        };
    }

    @Override
    public String gateway(String hostname) {
        return "This is the mail gateway " + hostname + ".";
    }

    @Override
    public String introduction(Action action) {
        return switch (action) {
            case FAILED ->
                "Your message could not be delivered to the recipients below. No further attempt is made; please send it"
                        + " again once the cause is removed.";
            case DELAYED ->
                "Your message could not be delivered yet to the recipients below. THIS IS A WARNING ONLY: it is tried"
                        + " further, and you need not send it again.";
            case RELAYED ->
                "Your message was passed on to the mail server of the recipients below. That server does not report"
                        + " deliveries, so this is the last confirmation you will get. You need not do anything.";
        };
    }

    @Override
    public String lead(ReportedRecipient.Reason reason) {
        return switch (reason) {
            case TOLD_BELOW -> "";
            case EXPIRED -> "It could not be delivered within its time; the last attempt:";
            case DAMAGED -> "The message was damaged in the gateway's own storage and is kept for its operator:";
            case WAITS -> "It waits for its turn.";
            case GIVEN_UP -> "The operator of the gateway gave it up.";
        };
    }

    @Override
    public String tlsStep(TlsStep step) {
        return "The step of TLS that failed: " + step.sentence() + ".";
    }

    @Override
    public String advice(TlsStep step, String host) {
        return "What the administrator of " + host + " must do: "
                + switch (step) {
                    case OFFER ->
                        "switch STARTTLS on, with a certificate, and see that no firewall on the way removes it.";
                    case STARTTLS -> "find out why the server refuses STARTTLS although it offers it; its log says so.";
                    case HANDSHAKE ->
                        "mend the server's TLS: its certificate and key, its cipher suites, and whatever on the way"
                                + " breaks the handshake.";
                    case VERSION -> "switch on a newer version of TLS, TLSv1.2 at least and better TLSv1.3.";
                    case CERTIFICATE ->
                        "install a certificate that has not expired, names this host and was issued by an authority"
                                + " that both sides trust, with the certificates between.";
                };
    }

    @Override
    public String rules(String rules) {
        return "The rule of the gateway that asks for TLS: " + rules;
    }

    @Override
    public String answered(String host, String reply) {
        return host + " answered: " + reply;
    }

    @Override
    public String theHost() {
        return "The host";
    }

    @Override
    public String status(String status) {
        return "Status: " + status;
    }

    @Override
    public String triedUntil(String date) {
        return "Tried until: " + date;
    }

    @Override
    public String received(String date) {
        return "The message was received " + date + ".";
    }

    @Override
    public String reference(String id) {
        return "Reference of the gateway: " + id;
    }
}
