package io.sekisho.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.localstack.LocalStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./sekisho} in a repository of empty modules, with JDKs and a Maven that are not real. */
class ScriptTest {
    private static final Instant BUILT = Instant.parse("2026-01-02T00:00:00Z");
    private static final List<String> SERVICES =
            List.of("policy-service", "tracking-service", "smtp-ingress", "smtp-egress");

    @TempDir
    private Path directory;

    private Path root;
    private final Map<String, String> environment = new HashMap<>();

    private record Result(int code, String output) {}

    @BeforeEach
    void makeRepository() throws IOException {
        root = Files.createDirectories(directory.resolve("a repository"));
        Files.copy(LocalStack.repository().resolve("sekisho"), root.resolve("sekisho"));
        environment.put("SEKISHO_JDK_PREFIX", directory.resolve("fs").toString());
        environment.put(
                "SEKISHO_MAVEN",
                program(
                        "bin/mvn",
                        "case $1 in -v) echo 'Apache Maven 3.8.7';; *) echo \"$@\" >>'" + calls() + "';; esac"));
        write("pom.xml", "<project/>");
        write("mail-model/pom.xml", "<project/>");
        write("mail-model/src/main/A.java", "");
        for (String module : SERVICES) {
            write(module + "/pom.xml", "<artifactId>policy-client</artifactId> <artifactId>local-stack</artifactId>");
            write(module + "/src/main/A.java", "");
            write(module + "/target/quarkus-app/quarkus-run.jar", "");
        }
        for (String module : List.of("policy-client", "local-stack")) {
            write(module + "/pom.xml", "<project/>");
            write(module + "/src/main/A.java", "");
            write(module + "/target/" + module + "-1.jar", "");
        }
        write("local-stack/target/children.classpath", "/nowhere.jar");
        jdk("usr/lib/jvm/temurin-25", "25.0.1");
        age();
    }

    @Test
    void takesJavaHomeIfItIsNewEnough() throws Exception {
        environment.put("JAVA_HOME", jdk("elsewhere/jdk 21", "21.0.2").toString());

        assertThat(run("jdk")).isEqualTo(new Result(0, environment.get("JAVA_HOME") + "\n"));
    }

    @Test
    void passesOverAnOldJavaHomeAndPrefersRelease25() throws Exception {
        environment.put("JAVA_HOME", jdk("elsewhere/jdk17", "17.0.15").toString());
        jdk("usr/lib/jvm/aaa", "1.8.0_402");
        jdk("usr/lib/jvm/zzz", "27-ea");
        jdk("opt/jdk-21", "21.0.2");

        assertThat(run("jdk")).isEqualTo(new Result(0, directory.resolve("fs/usr/lib/jvm/temurin-25") + "\n"));
    }

    @Test
    void passesOverARuntimeWithoutCompiler() throws Exception {
        Files.delete(directory.resolve("fs/usr/lib/jvm/temurin-25/bin/javac"));
        Path other = jdk("opt/java/jdk-21", "21.0.2");

        assertThat(run("jdk")).isEqualTo(new Result(0, other + "\n"));
    }

    @Test
    void findsAJdkInTheHomeDirectory() throws Exception {
        Files.delete(directory.resolve("fs/usr/lib/jvm/temurin-25/release"));
        environment.put("HOME", directory.resolve("fs/home").toString());
        Path sdkman = jdk("home/.sdkman/candidates/java/23-tem", "23.0.1");

        assertThat(run("jdk")).isEqualTo(new Result(0, sdkman + "\n"));
    }

    @Test
    void saysHowToGetAJdk() throws Exception {
        Files.delete(directory.resolve("fs/usr/lib/jvm/temurin-25/release"));

        Result result = run("jdk");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output())
                .startsWith("sekisho: no JDK 21 or newer was found")
                .contains("apt install");
    }

    @Test
    void buildsNothingThatIsUpToDate() throws Exception {
        assertThat(run("up")).isEqualTo(new Result(0, ""));
        assertThat(calls()).doesNotExist();
    }

    @Test
    void buildsTheServiceWhoseSourceIsNewer() throws Exception {
        write("smtp-egress/src/main/A.java", "changed");

        Result result = run("up");

        assertThat(result.code()).as(result.output()).isZero();
        assertThat(calls()).content().isEqualTo("-B -Dmaven.test.skip=true -pl smtp-egress -am package\n");
        assertThat(run("up").output()).as("it is up to date now").isEmpty();
    }

    @Test
    void buildsEveryServiceWhenALibraryOfTheirsIsNewer() throws Exception {
        write("policy-client/src/main/B.java", "new");

        assertThat(run("up").code()).isZero();
        assertThat(calls())
                .content()
                .contains("-pl policy-service,tracking-service,smtp-ingress,smtp-egress -am package");
    }

    @Test
    void buildsNoServiceWhenOnlyTheirTestHelpIsNewer() throws Exception {
        write("local-stack/src/main/B.java", "new");

        assertThat(run("up").code()).isZero();
        assertThat(calls()).content().isEqualTo("-B -Dmaven.test.skip=true -pl local-stack -am package\n");
    }

    @Test
    void noticesADeletedSource() throws Exception {
        Files.delete(root.resolve("smtp-ingress/src/main/A.java"));

        assertThat(run("up").code()).isZero();
        assertThat(calls()).content().contains("-pl smtp-ingress -am");
    }

    @Test
    void showsWhatMavenFailedAt() throws Exception {
        write("smtp-egress/src/main/A.java", "changed");
        environment.put(
                "SEKISHO_MAVEN",
                program(
                        "bin/failing",
                        "case $1 in -v) echo 'Apache Maven 4.0.0';; *) echo '[ERROR] cheese is missing'; exit 1;; esac"));

        Result result = run("up");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("[ERROR] cheese is missing").contains("sekisho: the build failed");
    }

    @Test
    void refusesAnOldMaven() throws Exception {
        write("smtp-egress/src/main/A.java", "changed");
        environment.put("SEKISHO_MAVEN", program("bin/old", "printf '\\033[1mApache Maven 3.8.6\\033[m\\n'"));

        Result result = run("up");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("Maven 3.8.7 or newer is needed").contains("is 3.8.6");
    }

    @Test
    void unknownCommandIsRefusedWithTheUsage() throws Exception {
        Result result = run("cheese");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("Usage: ./sekisho").contains("there is no command 'cheese'");
    }

    /** Runs the script from another directory, through a symbolic link, with nothing but the environment given. */
    private Result run(String... arguments) throws Exception {
        Path link = directory.resolve("link");
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, root.resolve("sekisho"));
        }
        List<String> words = new ArrayList<>(List.of("sh", link.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private Path calls() {
        return directory.resolve("maven-calls");
    }

    private Path jdk(String path, String version) throws IOException {
        Path home = Files.createDirectories(directory.resolve("fs").resolve(path));
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"");
        Files.createDirectories(home.resolve("bin"));
        for (String name : List.of("javac", "java")) {
            program(directory.relativize(home.resolve("bin").resolve(name)).toString(), "exit 0");
        }
        return home;
    }

    private String program(String path, String script) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Makes all of the repository equally old, so that what a test writes is newer. */
    private void age() throws IOException {
        try (var files = Files.walk(root)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(BUILT));
            }
        }
    }
}
