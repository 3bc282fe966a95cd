package io.sekisho.policyservice.peerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.SecurityLevel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Our reading of a table is Postfix' own: {@code postmap} is asked about the same text. */
@EnabledIf("isInstalled")
class PostmapTest {
    private static final Path POSTMAP = Path.of("/usr/sbin/postmap");
    private static final int ADDRESSES = 400;

    @TempDir
    Path directory;

    static boolean isInstalled() {
        return Files.isExecutable(POSTMAP);
    }

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(directory.resolve("main.cf"), "compatibility_level = 3.6\n");
    }

    /** Postfix takes the first line that holds an address; of what was read the longest block decides. */
    @Test
    void decidesAddressesAsTheCidrTableDoes() throws Exception {
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            String text = randomCidrTable(random);
            Path table = Files.writeString(directory.resolve("clients" + seed), text);
            Map<IpNetwork, SecurityLevel> read = new TreeMap<>(
                    Comparator.comparingInt(IpNetwork::bits).reversed().thenComparing(IpNetwork::toString));
            for (ReadLine line : PostfixCidr.read(text)) {
                assertThat(line).isNotInstanceOf(ReadLine.Unreadable.class);
                if (line instanceof ReadLine.Stated stated) {
                    read.put(
                            ((Peer.Address) stated.peer().peer()).network(),
                            stated.peer().level());
                }
            }
            List<String> addresses = new ArrayList<>();
            for (int i = 0; i < ADDRESSES; i++) {
                addresses.add("10." + random.nextInt(4) + "." + random.nextInt(4) + "." + random.nextInt(16));
            }
            Map<String, String> answers = query("cidr:" + table, addresses);
            for (String address : addresses) {
                Optional<String> ours = read.entrySet().stream()
                        .filter(entry -> entry.getKey().contains(IpAddress.parse(address)))
                        .findFirst()
                        .map(entry ->
                                entry.getValue() == SecurityLevel.MANDATORY ? "reject_plaintext_session" : "DUNNO");
                assertThat(ours)
                        .as("seed %d, %s in%n%s", seed, address, text)
                        .isEqualTo(Optional.ofNullable(answers.get(address)));
            }
        }
    }

    @Test
    void readsLogicalLinesAsPostmapDoes() throws Exception {
        String text = """
                # comment
                a.example encrypt
                \tprotocols=>=TLSv1.3

                B.Example    secure
                # comment in between
                   match=nexthop
                  # indented comment
                .c.example\tmay
                   \s
                d.example
                 verify
                """;
        Path table = Files.writeString(directory.resolve("policy"), text);
        Map<String, String> ours = LogicalLines.of(text).stream()
                .collect(Collectors.toMap(
                        line -> line.key().toLowerCase(java.util.Locale.ROOT), line -> spaced(line.value())));
        Map<String, String> theirs = query("texthash:" + table, List.copyOf(ours.keySet()));
        theirs.replaceAll((key, value) -> spaced(value));
        assertThat(theirs).isEqualTo(ours);
    }

    private static String spaced(String value) {
        return value.replaceAll("\\s+", " ");
    }

    private static String randomCidrTable(Random random) {
        StringBuilder text = new StringBuilder();
        int open = 0;
        for (int i = 0; i < 40; i++) {
            int choice = random.nextInt(8);
            if (choice == 0 && open < 3) {
                text.append("if ").append(block(random)).append('\n');
                open++;
            } else if (choice == 1 && open > 0) {
                text.append("endif\n");
                open--;
            } else {
                text.append(block(random)).append(random.nextBoolean() ? " reject_plaintext_session\n" : "  DUNNO\n");
            }
        }
        return text + "endif\n".repeat(open);
    }

    private static IpNetwork block(Random random) {
        IpAddress address =
                IpAddress.parse("10." + random.nextInt(4) + "." + random.nextInt(4) + "." + random.nextInt(16));
        int bits = 96 + 8 + random.nextInt(25);
        return new IpNetwork(IpNetwork.mask(address, bits), bits);
    }

    /** What Postfix finds; keys without an answer are absent. */
    private Map<String, String> query(String table, List<String> keys) throws Exception {
        Process postmap = new ProcessBuilder(POSTMAP.toString(), "-c", directory.toString(), "-q", "-", table)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var input = postmap.getOutputStream()) {
            input.write(String.join("\n", keys).concat("\n").getBytes(StandardCharsets.UTF_8));
        }
        Map<String, String> answers = new TreeMap<>();
        for (String line :
                new String(postmap.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
            String[] parts = line.split("\t", 2);
            if (parts.length == 2) {
                answers.put(parts[0], parts[1].strip());
            }
        }
        assertThat(postmap.waitFor()).isLessThanOrEqualTo(1);
        return answers;
    }
}
