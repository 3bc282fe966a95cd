package io.sekisho.localstack.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.localstack.StackFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a program that stands for smtp-ingress; the real services are started by the system tests. */
class ClusterTest {
    @TempDir
    private Path directory;

    private Path repository;
    private final Infrastructure nothing = LocalStack.start(EnumSet.noneOf(Piece.class));

    @BeforeEach
    void buildTheFake() throws IOException {
        repository = directory.resolve("a repository");
        Path jar = repository.resolve("smtp-ingress/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        String entry = FakeService.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream code = FakeService.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
        }
    }

    @Test
    void startsKillsAndStartsAgain() {
        try (nothing;
                Cluster cluster = plan().start()) {
            assertThat(cluster.first(Service.INGRESS).isAlive()).isTrue();
            assertThat(cluster.serviceKey()).startsWith("sk_");
            assertThat(cluster.adminKey()).startsWith("sk_").isNotEqualTo(cluster.serviceKey());
            assertThat(cluster.first(Service.INGRESS).log())
                    .content()
                    .contains("smtp port " + cluster.smtpPort() + " key " + cluster.serviceKey());
            String commandLine = ProcessHandle.of(cluster.first(Service.INGRESS).pid())
                    .orElseThrow()
                    .info()
                    .commandLine()
                    .orElse("");
            assertThat(commandLine).doesNotContain(cluster.serviceKey());

            cluster.first(Service.INGRESS).kill();
            assertThat(cluster.first(Service.INGRESS).isAlive()).isFalse();
            assertThatThrownBy(cluster::requireAlive).hasMessageContaining("smtp-ingress ended with exit code 137");

            cluster.first(Service.INGRESS).startAndAwait();
            assertThat(cluster.first(Service.INGRESS).isAlive()).isTrue();
        }
    }

    @Test
    void startsCopiesOnPortsOfTheirOwn() {
        try (nothing;
                Cluster cluster = plan().copies(Service.INGRESS, 2).start()) {
            ServiceProcess first = cluster.copies(Service.INGRESS).getFirst();
            ServiceProcess second = cluster.copies(Service.INGRESS).getLast();

            assertThat(second.name()).isEqualTo("smtp-ingress-2");
            assertThat(second.smtpPort()).isNotEqualTo(first.smtpPort());
            assertThat(second.log()).content().contains("smtp port " + second.smtpPort());
            first.kill();
            assertThat(second.isAlive()).isTrue();
        }
    }

    @Test
    void saysWhyAServiceDidNotStart() {
        ClusterPlan plan = plan().configure(Service.INGRESS, "fake.failure", "the keystore is made of cheese");

        assertThatThrownBy(plan::start)
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("smtp-ingress ended with exit code 3.")
                .hasMessageContaining("the keystore is made of cheese");
    }

    @Test
    void saysHowToBuildAServiceThatIsNotBuilt() throws IOException {
        Files.delete(repository.resolve("smtp-ingress/target/quarkus-app/quarkus-run.jar"));

        assertThatThrownBy(plan()::start)
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("smtp-ingress is not built")
                .hasMessageContaining("mvn -DskipTests -pl smtp-ingress -am package");
    }

    private ClusterPlan plan() {
        return ClusterPlan.on(nothing, directory.resolve("data"))
                .repository(repository)
                .services(EnumSet.of(Service.INGRESS))
                .ports(Ports.free());
    }
}
