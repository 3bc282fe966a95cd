package io.sekisho.tracking.messages;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.access.Role;
import io.sekisho.tracking.SampleMail;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A question that the database cannot answer is answered all the same. */
@QuarkusTest
class DatabaseAwayTest extends RestTest {

    @Test
    void saysWhatIsWrongAndAnswersAgainAfterwards() {
        SampleMail mail = SampleMail.inbound();
        stored(mail.queued());
        RequestSpecification admin = as(Role.ADMIN);
        infrastructure.kill(Piece.POSTGRES);
        try {
            for (String path : new String[] {MESSAGES, MESSAGES + "/" + mail.id()}) {
                admin.get(path)
                        .then()
                        .statusCode(503)
                        .contentType("application/problem+json")
                        .header("Retry-After", "5")
                        .body("detail", containsString("database cannot be reached"));
            }
        } finally {
            infrastructure.restart(Piece.POSTGRES);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> admin.get(MESSAGES + "/" + mail.id()).then().statusCode(200));
    }
}
