package io.sekisho.egress.dsn;

import io.sekisho.egress.delivery.TlsStep;

/** What a report says to people, in one language. What a host answered, and details of the network, stay as they are. */
sealed interface Phrases permits EnglishPhrases, JapanesePhrases {

    String subject(Action action);

    String gateway(String hostname);

    /** What happened to the message, and whether the sender must do something. */
    String introduction(Action action);

    /** What a recipient's entry begins with; empty where the explanation says it all. */
    String lead(ReportedRecipient.Reason reason);

    String tlsStep(TlsStep step);

    /**
     * What the recipient's administrator must do, for the sender to pass on.
     *
     * @param host that was tried
     */
    String advice(TlsStep step, String host);

    /**
     * Which rules ask for TLS.
     *
     * @param rules the ids, with commas
     */
    String rules(String rules);

    String answered(String host, String reply);

    /** Where no host is known by name. */
    String theHost();

    String status(String status);

    String triedUntil(String date);

    String received(String date);

    String reference(String id);
}
