package io.sekisho.egress.attempt;

import io.sekisho.egress.content.ChunkReader;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.egress.schedule.ScheduledMessage;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Takes due mail out of the schedule as long as there is room, and begins its next attempt.
 *
 * <p>Thread safety: {@link #look} may be called from any thread, any number of times.
 */
final class DueMail {

    private static final Logger LOG = Logger.getLogger(DueMail.class);

    /** Rows that are taken at once although there may be no room: others must not keep them. */
    private static final int PRESSING = 20;

    private final Workplace place;
    private final ChunkReader reader;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean lookingPressing = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile boolean silent;

    DueMail(Workplace place, ChunkReader reader) {
        this.place = place;
        this.reader = reader;
    }

    /** Begins no more. */
    void stop() {
        stopped = true;
    }

    /** Looks for due rows; goes on as long as there are more than fit at once. */
    void look() {
        int room = place.settings().rowsInHand() - place.inHand().rowCount();
        if (stopped || room <= 0 || !place.planner().hasBegun() || !looking.compareAndSet(false, true)) {
            return;
        }
        place.schedule()
                .takeDue(place.clock().instant(), room, closed(), place.inHand().lease())
                .subscribe()
                .with(
                        taken -> {
                            looking.set(false);
                            answers();
                            taken.forEach(this::begin);
                            if (!taken.isEmpty()) {
                                look();
                            }
                        },
                        failure -> {
                            looking.set(false);
                            answersNot(failure);
                        });
    }

    /** Routes that have enough in hand, or to which this pod may not go. */
    private List<String> closed() {
        List<String> closed = new ArrayList<>(place.inHand().fullRoutes(place.capacity()));
        closed.addAll(place.destinations().closedHere());
        place.slots().destinations().stream()
                .filter(place.destinations()::isProbed)
                .forEach(closed::add);
        return closed;
    }

    /** Looks for rows that no suspension may keep. */
    void lookPressing() {
        boolean room = place.inHand().rowCount() < place.settings().rowsInHand() + PRESSING;
        if (stopped || !room || !place.planner().hasBegun() || !lookingPressing.compareAndSet(false, true)) {
            return;
        }
        Instant now = place.clock().instant();
        place.schedule()
                .takePressing(
                        now,
                        now.minus(place.settings().queueLifetime()),
                        PRESSING,
                        place.inHand().lease())
                .onTermination()
                .invoke(() -> lookingPressing.set(false))
                .subscribe()
                .with(taken -> taken.forEach(this::begin), this::answersNot);
    }

    private void answers() {
        if (silent) {
            silent = false;
            LOG.info(LogLine.of("schedule answers again"));
        }
    }

    private void answersNot(Throwable failure) {
        if (!silent) {
            silent = true;
            LOG.warn(LogLine.of("schedule cannot be read, first attempts go on").with(LogKey.CAUSE, failure));
        }
    }

    private void begin(ScheduledMessage due) {
        Envelope envelope = due.envelope();
        Map<String, Recipient> recipients = envelope.recipients().stream()
                .collect(Collectors.toMap(Recipient::forwardPath, Function.identity(), (one, same) -> one));
        List<Addressee> addressees = new ArrayList<>();
        for (ScheduleEntry row : due.entries()) {
            Recipient recipient = recipients.get(row.recipient());
            if (recipient == null) {
                // Only a hand in the database does this; the row stays and is seen again.
                LOG.error(LogLine.of("row of a recipient that its message does not have")
                        .with(LogKey.ALERT, "schedule")
                        .with(LogKey.MESSAGE, envelope.id())
                        .with(LogKey.RECIPIENT, row.recipient()));
                continue;
            }
            place.inHand().keepRowAlive(row);
            addressees.add(Addressee.scheduled(recipient, row));
        }
        if (!addressees.isEmpty()) {
            MailInHand mail = new MailInHand(envelope, Body.stored(envelope, reader), Optional.empty());
            new MessageWork(place, mail, Inbox.SCHEDULE, addressees, () -> {}, this::look).begin();
        }
    }
}
