package io.sekisho.egress.operator;

import io.sekisho.egress.quarantine.KeptEnvelope;
import io.sekisho.egress.quarantine.QuarantineReason;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.Envelope;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The quarantine, read from its table. Thread safety: all methods. */
@Singleton
class QuarantineBoard {

    /** Of a longer envelope the sender and the subject are not shown; the entry is all the same. */
    private static final int LONGEST_ENVELOPE = 65_536;

    private static final String LIST = """
            SELECT id, kept_at, (extract(epoch FROM kept_at) * 1000000)::bigint AS kept_micros, reason, detail, message_id,
                recipient, domains, partition, record_offset, coalesce(octet_length(content), 0)::bigint AS octets,
                CASE WHEN octet_length(envelope) <= %d THEN envelope END AS envelope
            FROM quarantine WHERE %s
            """;

    private final OperatorDatabase database;

    QuarantineBoard(OperatorDatabase database) {
        this.database = database;
    }

    /** An entry and its place in the list. */
    record Line(QuarantineEntry entry, Place place) {}

    /**
     * A place in the list; neither part of it ever changes for an entry.
     *
     * @param micros since the epoch
     */
    record Place(long micros, UUID id) {

        static final Place FIRST = new Place(0, new UUID(0, 0));

        Place {
            if (id == null) {
                throw new IllegalArgumentException("a place has an id");
            }
        }
    }

    /** Entries that the caller may see, oldest first. */
    Uni<List<Line>> list(Optional<Set<DomainName>> reach, Place behind, int most) {
        Where where = visible(reach);
        where.and(
                "(kept_at, id) > (timestamptz 'epoch' + " + where.place(behind.micros())
                        + "::bigint * interval '1 microsecond', ?)",
                behind.id());
        String sql = LIST.formatted(LONGEST_ENVELOPE, where) + " ORDER BY kept_at, id LIMIT " + where.place(most);
        return read(sql, where);
    }

    /** One entry, if the caller may see it. */
    Uni<Optional<QuarantineEntry>> find(UUID id, Optional<Set<DomainName>> reach) {
        Where where = visible(reach).and("id = ?", id);
        return read(LIST.formatted(LONGEST_ENVELOPE, where), where)
                .map(lines -> lines.stream().findFirst().map(Line::entry));
    }

    /** Of a whole message all domains must be the caller's: letting it go lets it go to every recipient. */
    private static Where visible(Optional<Set<DomainName>> reach) {
        Where where = new Where();
        reach.ifPresent(own -> {
            String names = where.place(Selection.names(own)) + "::text[]";
            where.and("((domains <> '{}' AND domains <@ " + names + ") OR (recipient IS NOT NULL AND domains && "
                    + names + "))");
        });
        return where;
    }

    private Uni<List<Line>> read(String sql, Where where) {
        return database.ask(connection -> connection
                .preparedQuery(sql)
                .execute(where.values())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(QuarantineBoard::line)
                        .toList()));
    }

    private static Line line(Row row) {
        Optional<Envelope> envelope =
                Optional.ofNullable(row.getBuffer("envelope")).flatMap(bytes -> KeptEnvelope.read(bytes.getBytes()));
        QuarantineEntry entry = new QuarantineEntry(
                row.getUUID("id"),
                row.getOffsetDateTime("kept_at").toInstant(),
                QuarantineReason.valueOf(row.getString("reason")),
                row.getString("detail"),
                Optional.ofNullable(row.getUUID("message_id")),
                Optional.ofNullable(row.getString("recipient")),
                envelope.map(Envelope::reversePath),
                envelope.flatMap(Envelope::subject),
                envelope.map(Envelope::receivedAt),
                Arrays.asList(row.getArrayOfStrings("domains")),
                row.getLong("octets"),
                Optional.ofNullable(row.getInteger("partition"))
                        .map(partition -> partition + "@" + row.getLong("record_offset")));
        return new Line(entry, new Place(row.getLong("kept_micros"), entry.id()));
    }
}
