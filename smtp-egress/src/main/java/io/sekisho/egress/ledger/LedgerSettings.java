package io.sekisho.egress.ledger;

import java.time.Duration;

/**
 * How long the ledger remembers.
 *
 * @param lease of a claim that is not renewed
 * @param unsettled of what may be asked for again: an uncommitted input, a row that is not deleted yet
 * @param settled of a conclusion whose input is committed
 * @param limit of one answer of Redis; beyond it the ledger counts as absent, and mail may arrive twice: a process that has just started on
 *     a busy machine needs seconds
 * @param pause after a failure in which Redis is not asked again
 */
public record LedgerSettings(Duration lease, Duration unsettled, Duration settled, Duration limit, Duration pause) {

    public static final LedgerSettings STANDARD = new LedgerSettings(
            Duration.ofSeconds(60),
            Duration.ofDays(6),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));
}
