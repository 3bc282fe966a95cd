package io.sekisho.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What ran on it. */
final class Versions {

    private Versions() {}

    static List<String> lines() {
        return List.of(
                "JDK: " + System.getProperty("java.vm.vendor") + " " + Runtime.version(),
                "Quarkus " + property("sekisho.bench.quarkus") + ", Kafka " + property("sekisho.bench.kafka")
                        + ", PostgreSQL " + property("sekisho.bench.postgres") + ", Redis (embedded-redis "
                        + property("sekisho.bench.redis") + ")",
                "Postfix: " + said("/usr/sbin/postconf", "-d", "-h", "mail_version"),
                "OpenSSL of Postfix: " + said("openssl", "version"));
    }

    /** Filled in by the build. */
    private static String property(String key) {
        return BuildProperties.value(key);
    }

    private static String said(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : "unknown";
        } catch (IOException notInstalled) {
            return "not installed";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
