package io.sekisho.egress.alert;

/** Alerts in English. */
final class EnglishAlerts implements AlertPhrases {

    @Override
    public String subject(AlertCause cause, long count) {
        return switch (cause) {
            case CERTIFICATE_EXPIRES -> "certificates of partners expire soon (" + count + ")";
            case QUEUE_AGE -> "mail waits for too long (" + count + " destinations)";
            case QUARANTINE -> "mail was quarantined (" + count + ")";
            case PARTITION_PAUSED -> "a part of the queue is not read (" + count + ")";
        };
    }

    @Override
    public String lead(AlertCause cause) {
        return switch (cause) {
            case CERTIFICATE_EXPIRES ->
                "These mail servers were authenticated by certificates that expire soon. Mail that must be sent to them with a"
                        + " verified certificate will wait from then on. Tell their operators.";
            case QUEUE_AGE ->
                "The oldest mail for these destinations waits for longer than sekisho.alerts.queue-age allows. GET"
                        + " /api/v1/queue of smtp-egress says why. Mail that is held for longer than the retention of"
                        + " sekisho.mail.content loses its content.";
            case QUARANTINE ->
                "This mail could not be processed and waits for you: GET /api/v1/quarantine of smtp-egress, then release or"
                        + " bounce each entry.";
            case PARTITION_PAUSED ->
                "These partitions of sekisho.mail.queue hold mail of a later version and are not read until smtp-egress is"
                        + " rolled out in that version.";
        };
    }

    @Override
    public String line(AlertFact fact) {
        return fact.subject() + ": "
                + switch (fact.cause()) {
                    case CERTIFICATE_EXPIRES -> "expires at " + fact.mattersAt();
                    case QUEUE_AGE -> "waits since " + fact.mattersAt();
                    case QUARANTINE -> "kept at " + fact.mattersAt();
                    case PARTITION_PAUSED -> "seen at " + fact.mattersAt();
                }
                + "; " + fact.detail();
    }

    @Override
    public String andMore(long count) {
        return "and " + count + " more";
    }

    @Override
    public String end(String hostname) {
        return "Written by smtp-egress of " + hostname + ". About this cause no other mail comes within an hour.";
    }
}
