package io.sekisho.tracking.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.topic.Topics;
import io.sekisho.tracking.SampleMail;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readiness says what is missing, and the service goes on when it is there again. */
@QuarkusTest
class ReadinessTest extends IntakeTest {

    @BeforeEach
    void isReady() {
        awaitReady();
    }

    @Test
    void saysThatTheDatabaseDoesNotAnswerAndGoesOnWhenItDoes() {
        SampleMail mail = SampleMail.inbound();
        infrastructure.pause(Piece.POSTGRES);
        try {
            topic.tell(List.of(mail.queued()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(readiness())
                            .contains("DOWN", "the database of quarkus.datasource.reactive.url"));
            assertThat(topic.unacknowledged()).isEqualTo(1);
        } finally {
            infrastructure.resume(Piece.POSTGRES);
        }
        awaitStored(mail, 1);
        awaitAcknowledged();
        awaitReady();
    }

    @Test
    void saysThatKafkaIsMissingWhileItDoesNotAnswer() {
        infrastructure.pause(Piece.KAFKA);
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(readiness()).contains("DOWN", "Kafka at kafka.bootstrap.servers"));
        } finally {
            infrastructure.resume(Piece.KAFKA);
        }
        awaitReady();
        SampleMail mail = SampleMail.inbound();
        topic.tell(List.of(mail.queued()));
        awaitStored(mail, 1);
    }

    @Test
    void namesTheSettingOfATopicThatIsNotAsItMustBe() {
        topic.set(Topics.DEAD_LETTER, "message.timestamp.type", "CreateTime");
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(readiness())
                                    .contains(
                                            "DOWN",
                                            "topic sekisho.dead-letter has message.timestamp.type=CreateTime, must be LogAppendTime"));
        } finally {
            topic.set(Topics.DEAD_LETTER, "message.timestamp.type", "LogAppendTime");
        }
        awaitReady();
    }
}
