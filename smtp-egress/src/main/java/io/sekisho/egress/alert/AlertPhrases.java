package io.sekisho.egress.alert;

/** What alert mail says, in one language. */
interface AlertPhrases {

    /** The subject line, without the gateway's name. */
    String subject(AlertCause cause, long count);

    /** What happened, and what to do: some sentences. */
    String lead(AlertCause cause);

    /** One line about one fact. */
    String line(AlertFact fact);

    /** The line behind those that are listed. */
    String andMore(long count);

    /** Who wrote, and when the next mail may come. */
    String end(String hostname);
}
