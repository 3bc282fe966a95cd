package io.sekisho.policyservice.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.IpNetwork;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoveredBlocksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.0/24 192.0.2.0/25 192.0.2.128/25                                | 192.0.2.0/24",
                "192.0.2.0/24 192.0.2.0/25                                               |",
                "192.0.2.0/24 192.0.2.0/25 192.0.2.128/26                                |",
                "192.0.2.0/24 192.0.2.0/25 192.0.2.128/26 192.0.2.192/26                 | 192.0.2.0/24",
                "10.0.0.0/8 10.0.0.0/9 10.128.0.0/9 10.0.0.0/10 10.64.0.0/10             | 10.0.0.0/8 10.0.0.0/9",
                "192.0.2.0/31 192.0.2.0 192.0.2.1                                        | 192.0.2.0/31",
                "::/0 ::/1 8000::/1                                                      | ::/0",
                "2001:db8::/32 2001:db8::/33 2001:db8:8000::/33 192.0.2.0/24             | 2001:db8::/32",
                "192.0.2.0/24 192.0.2.0/24                                               |",
                "0.0.0.0/0                                                               |",
            })
    void findsBlocksThatLongerOnesHoldWhole(String blocks, String covered) {
        CoveredBlocks found = new CoveredBlocks(
                Arrays.stream(blocks.split(" ")).map(IpNetwork::parse).toList());
        String[] expected = covered == null ? new String[0] : covered.split(" ");
        assertThat(Arrays.stream(blocks.split(" ")).distinct().filter(block -> found.has(IpNetwork.parse(block))))
                .containsExactlyInAnyOrder(expected);
    }
}
