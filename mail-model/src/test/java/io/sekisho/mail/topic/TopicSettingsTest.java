package io.sekisho.mail.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicSettingsTest {

    @Test
    void findsNothingWrongWithWhatItAsksFor() {
        Topics.ALL.forEach(topic -> {
            assertThat(differences(TopicSettings.singleBroker(topic), Map.of())).isEmpty();
            assertThat(differences(TopicSettings.replicated(topic), Map.of())).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "retention.ms, 604800000, has retention.ms=604800000",
        "flush.messages, 9223372036854775807, has flush.messages",
        "unclean.leader.election.enable, true, has unclean.leader.election.enable=true",
        "max.message.bytes, 1048588, must be 4194304",
        "segment.ms, 604800000, must be 600000",
    })
    void namesEachSettingUnderWhichMailCouldBeLost(String key, String value, String sentence) {
        assertThat(differences(TopicSettings.singleBroker(Topics.QUEUE), Map.of(key, value)))
                .singleElement()
                .asString()
                .contains(sentence);
    }

    @Test
    void allowsMoreThanItAsksFor() {
        assertThat(differences(
                        TopicSettings.replicated(Topics.CONTENT),
                        Map.of("retention.ms", "-1", "min.insync.replicas", "3", "max.message.bytes", "9000000")))
                .isEmpty();
    }

    private static java.util.List<String> differences(TopicSettings wanted, Map<String, String> changed) {
        Map<String, String> actual = new HashMap<>(wanted.config());
        actual.putAll(changed);
        return wanted.differences(actual);
    }
}
