package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.failure.Disposition;
import java.util.List;
import java.util.Optional;

/**
 * A recipient that is given up, before its report is written.
 *
 * @param outcome {@link Disposition.Bounce}, {@link Disposition.Expire} or {@link Disposition.Quarantine}
 * @param way by which it was tried
 */
record Failure(Addressee to, Disposition outcome, List<HostAttempt> hosts, Optional<Leg.Way> way) {}
