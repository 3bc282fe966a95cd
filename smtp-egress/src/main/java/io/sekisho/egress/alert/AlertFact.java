package io.sekisho.egress.alert;

import java.time.Instant;

/**
 * One thing that the postmaster should know.
 *
 * @param subject what it is about: a host, a destination, an entry of the quarantine, a partition
 * @param mattersAt when a certificate expires, since when something waits or stands still
 * @param detail one line for people
 */
record AlertFact(AlertCause cause, String subject, Instant mattersAt, String detail) {

    private static final int LONGEST = 500;

    AlertFact {
        subject = cut(subject);
        detail = cut(detail);
    }

    private static String cut(String text) {
        String line = text.replaceAll("[\\p{Cntrl}]+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
