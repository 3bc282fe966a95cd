package io.sekisho.egress.schedule;

import io.sekisho.egress.failure.History;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.json.WireJson;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How a row is read and written. */
final class ScheduleRows {

    /** The columns that {@link #read} wants, of a table alias {@code s}. */
    static final String COLUMNS =
            "s.message_id, s.recipient, s.managed_domain, s.destination, s.route, s.due, s.attempt,"
                    + " s.first_failure, s.first_tls_failure, s.notice_due, s.last_reply, s.last_detail";

    private ScheduleRows() {}

    static ScheduleEntry read(Row row) {
        return new ScheduleEntry(
                row.getUUID("message_id"),
                row.getString("recipient"),
                row.getString("managed_domain"),
                row.getString("destination"),
                row.getString("route"),
                instant(row, "due").orElseThrow(),
                new History(
                        row.getInteger("attempt"), instant(row, "first_failure"), instant(row, "first_tls_failure")),
                instant(row, "notice_due"),
                Optional.ofNullable(row.getString("last_reply")).map(json -> WireJson.read(json, ReplyFacts.class)),
                Optional.ofNullable(row.getString("last_detail")));
    }

    /** The rows by their message, in the order in which they came. */
    static Map<UUID, List<ScheduleEntry>> byMessage(RowSet<Row> rows) {
        Map<UUID, List<ScheduleEntry>> entries = new LinkedHashMap<>();
        for (Row row : rows) {
            ScheduleEntry entry = read(row);
            entries.computeIfAbsent(entry.message(), any -> new ArrayList<>()).add(entry);
        }
        return entries;
    }

    /** Joins rows with the envelopes of their messages. */
    static List<ScheduledMessage> withEnvelopes(Map<UUID, List<ScheduleEntry>> entries, RowSet<Row> envelopes) {
        Map<UUID, Envelope> read = new LinkedHashMap<>();
        for (Row row : envelopes) {
            read.put(row.getUUID("id"), WireJson.read(row.getString("envelope"), Envelope.class));
        }
        List<ScheduledMessage> messages = new ArrayList<>();
        entries.forEach((id, rows) -> messages.add(new ScheduledMessage(read.get(id), rows)));
        return messages;
    }

    /** {@code $1} to {@code $12}: the columns, in the order of {@link #COLUMNS}. */
    static Tuple tuple(ScheduleEntry entry) {
        return Tuple.tuple()
                .addUUID(entry.message())
                .addString(entry.recipient())
                .addString(entry.managedDomain())
                .addString(entry.destination())
                .addString(entry.route())
                .addOffsetDateTime(time(entry.due()))
                .addInteger(entry.history().attempts())
                .addOffsetDateTime(time(entry.history().firstFailure()))
                .addOffsetDateTime(time(entry.history().firstTlsFailure()))
                .addOffsetDateTime(time(entry.noticeDue()))
                .addString(entry.lastReply().map(WireJson::string).orElse(null))
                .addString(entry.lastDetail().orElse(null));
    }

    /** All managed domains that the mail belongs to for this recipient; the first where the envelope does not tell. */
    static String[] domains(Envelope envelope, ScheduleEntry entry) {
        return envelope.recipients().stream()
                .filter(to -> to.forwardPath().equals(entry.recipient()))
                .findFirst()
                .map(to -> MessageFacts.of(envelope, to).managedDomains())
                .filter(domains -> !domains.isEmpty())
                .map(domains -> domains.stream().map(DomainName::ascii).toArray(String[]::new))
                .orElseGet(() -> new String[] {entry.managedDomain()});
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static OffsetDateTime time(Optional<Instant> instant) {
        return instant.map(ScheduleRows::time).orElse(null);
    }

    private static Optional<Instant> instant(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }
}
