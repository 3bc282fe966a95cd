package io.sekisho.egress.attempt;

import io.sekisho.egress.failure.History;
import io.sekisho.egress.ledger.LedgerClaim;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.mail.envelope.Recipient;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** One recipient of a message in hand. Confined to the context of its {@link MessageWork}. */
final class Addressee {

    private final Recipient recipient;
    private final History history;
    private Phase phase = Phase.WAITING;
    private Optional<LedgerClaim> claim = Optional.empty();
    private Optional<ScheduleEntry> row;
    private Optional<Leg.Way> way = Optional.empty();
    private boolean unrecorded;
    private boolean acknowledged;
    private boolean entered;
    private boolean endedWithoutRow;
    private Uni<Void> pendingRow = Uni.createFrom().voidItem();

    private Addressee(Recipient recipient, History history, Optional<ScheduleEntry> row) {
        this.recipient = recipient;
        this.history = history;
        this.row = row;
    }

    /** From the intake queue: the first attempt. */
    static Addressee queued(Recipient recipient) {
        return new Addressee(recipient, History.NONE, Optional.empty());
    }

    /** From the schedule. */
    static Addressee scheduled(Recipient recipient, ScheduleEntry row) {
        return new Addressee(recipient, row.history(), Optional.of(row));
    }

    /** By an operator's hand: behind so many attempts, and none of them under way. */
    static Addressee after(Recipient recipient, int attempts) {
        return new Addressee(recipient, new History(attempts, Optional.empty(), Optional.empty()), Optional.empty());
    }

    /** The destination on its way; before it was sent on one, that of its row; else the empty text. */
    String route() {
        return way.map(Leg.Way::destination)
                .or(() -> row.map(ScheduleEntry::route))
                .orElse("");
    }

    /** The way that it was last sent. */
    Optional<Leg.Way> way() {
        return way;
    }

    void goes(Leg.Way newWay) {
        way = Optional.of(newWay);
    }

    Recipient recipient() {
        return recipient;
    }

    String forwardPath() {
        return recipient.forwardPath();
    }

    History history() {
        return history;
    }

    int attempt() {
        return history.nextAttempt();
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    Optional<LedgerClaim> claim() {
        return claim;
    }

    void claimed(Optional<LedgerClaim> granted) {
        claim = granted;
        unrecorded = granted.isEmpty();
    }

    void claimGone() {
        claim = Optional.empty();
    }

    /** Whether the ledger does not know of the attempt. */
    boolean isUnrecorded() {
        return unrecorded;
    }

    /** The schedule row that this pod has under a lease. */
    Optional<ScheduleEntry> row() {
        return row;
    }

    void hasRow(ScheduleEntry entry) {
        row = Optional.of(entry);
    }

    /** The row is being written; whoever takes it away must wait for that. */
    void writesRow(Uni<Void> written) {
        pendingRow = written;
    }

    Uni<Void> pendingRow() {
        return pendingRow;
    }

    /** Whether {@link InHand} knows of the attempt. */
    boolean hasEntered() {
        return entered;
    }

    void hasEntered(boolean now) {
        entered = now;
    }

    /** Whether this work brought it to its end and no schedule row is left that may ask for it again. */
    boolean hasEndedWithoutRow() {
        return endedWithoutRow;
    }

    void endsWithoutRow() {
        endedWithoutRow = true;
    }

    /** Whether the input need not come again for this recipient. */
    boolean isAcknowledged() {
        return acknowledged;
    }

    void acknowledge() {
        acknowledged = true;
    }
}
