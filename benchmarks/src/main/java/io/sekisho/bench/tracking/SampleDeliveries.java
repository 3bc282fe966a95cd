package io.sekisho.bench.tracking;

import java.sql.SQLException;

/**
 * Rows of ten days, made by PostgreSQL itself: 100 domains, 50,000 recipients, 1,000 sending domains; one in 50 is blocked, one in 20
 * deferred.
 */
final class SampleDeliveries {

    private static final int DAYS = 10;

    private SampleDeliveries() {}

    /** Day by day, so that no transaction grows large; returns when statistics are there as well. */
    static void generate(TrackingDatabase database, long rows) throws SQLException {
        long ofDay = rows / DAYS;
        for (int day = 0; day < DAYS; day++) {
            database.execute("SELECT ensure_day((now() AT TIME ZONE 'UTC')::date - " + day + ")");
            database.execute("""
                    WITH made AS (
                        SELECT i, (now() AT TIME ZONE 'UTC')::date - %1$d AS day, gen_random_uuid() AS id,
                            'd' || i %% 100 || '.example' AS domain,
                            ((now() AT TIME ZONE 'UTC')::date - %1$d)::timestamp AT TIME ZONE 'UTC'
                                + i * interval '1 day' / %2$d AS received_at
                        FROM generate_series(0, %2$d - 1) AS i
                    ), deliveries AS (
                        INSERT INTO delivery (day, delivery_id, received_at, message_id, recipient, direction, sender, subject,
                            message_id_field, size, client_address, upstream_tls, status, status_attempt, status_at, status_reason, traffic,
                            block_reason, downstream_host, downstream_port, downstream_tls, downstream_kind, downstream_attempt, downstream_at, attempts)
                        SELECT day, id, received_at, gen_random_uuid(), 'box' || i %% 50000 || '@' || domain, 'INBOUND',
                            'user' || i * 31 %% 100000 || '@partner-' || i * 31 %% 1000 || '.example', 'Message number ' || i,
                            '<' || id || '@partner.example>', 10240, ('192.0.2.' || i %% 256)::inet,
                            CASE WHEN i %% 10 = 0 THEN 'NONE' ELSE 'TLSv1.3' END,
                            CASE WHEN i %% 50 = 1 THEN 'REJECTED' WHEN i %% 20 = 2 THEN 'DEFERRED' ELSE 'DELIVERED' END, 1, received_at,
                            CASE WHEN i %% 50 = 1 THEN 'TLS_NOT_AVAILABLE' END,
                            CASE WHEN i %% 50 = 1 THEN 'BLOCKED' ELSE 'ACCEPTED' END,
                            CASE WHEN i %% 50 = 1 THEN 'TLS_NOT_AVAILABLE' END,
                            'mx.' || domain, 25, 'TLSv1.3', 'DELIVERED', 1, received_at, 1
                        FROM made
                    )
                    INSERT INTO delivery_domain (day, delivery_id, domain, received_at)
                    SELECT day, id, domain, received_at FROM made""".formatted(day, ofDay));
        }
        database.execute("ANALYZE delivery");
        database.execute("ANALYZE delivery_domain");
    }
}
