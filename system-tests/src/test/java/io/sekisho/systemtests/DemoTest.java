package io.sekisho.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.demo.Demo;
import org.junit.jupiter.api.Test;

/** The whole path in both directions at both levels: the story of {@code ./sekisho demo}, line by line. */
class DemoTest {

    @Test
    void everyLineOfTheDemoIsAsItMustBe() {
        assertThat(Demo.run()).isZero();
    }
}
