package io.sekisho.localstack;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.FrameConsumerResultCallback;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A server as a container. Its port on this machine is chosen beforehand, so that it stays the same over a restart.
 *
 * <p>Testcontainers' reaper removes it when this JVM is killed.
 */
final class DockerServer implements PieceServer {
    private static final int STOP_GRACE_SECONDS = 20;
    private static final int SHOWN_LINES = 15;

    private final DockerRecipe recipe;
    private final int port;
    private final Path log;
    private final Path directory;
    private final Optional<String> volume;
    private GenericContainer<?> container;

    /**
     * Nothing is started yet.
     *
     * @param directory the stack's data directory, for the label by which leftovers are found
     * @param volume the name of the volume that keeps the data; none: it goes with the container
     */
    DockerServer(DockerRecipe recipe, int port, Path log, Path directory, Optional<String> volume) {
        this.recipe = recipe;
        this.port = port;
        this.log = log;
        this.directory = directory;
        this.volume = volume;
    }

    @Override
    public Piece piece() {
        return recipe.piece();
    }

    @Override
    public String host() {
        return DockerEngine.host();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        if (container == null) {
            container = create();
            container.start();
            follow(0);
        } else {
            int since = (int) Instant.now().getEpochSecond();
            DockerEngine.client().startContainerCmd(container.getContainerId()).exec();
            follow(since);
        }
    }

    private GenericContainer<?> create() {
        GenericContainer<?> made = new GenericContainer<>(DockerImageName.parse(recipe.image()));
        made.withEnv(recipe.environment());
        made.withLabels(Map.of(DockerEngine.DIRECTORY_LABEL, directory.toString()));
        if (!recipe.command().isEmpty()) {
            made.withCommand(recipe.command().toArray(String[]::new));
        }
        made.setPortBindings(List.of(published()));
        made.withStartupCheckStrategy(new Started());
        made.waitingFor(new NoWaiting());
        volume.ifPresent(name -> made.withCreateContainerCmdModifier(create -> {
            HostConfig host = create.getHostConfig() == null ? new HostConfig() : create.getHostConfig();
            create.withHostConfig(host.withBinds(new Bind(name, new Volume(recipe.dataDirectory()))));
        }));
        return made;
    }

    private String published() {
        String mapping = port + ":" + recipe.containerPort();
        // A remote engine's loopback interface would be of no use to us.
        return host().equals("127.0.0.1") ? "127.0.0.1:" + mapping : mapping;
    }

    private void follow(int sinceEpochSecond) {
        FrameConsumerResultCallback lines = new FrameConsumerResultCallback();
        LogWriter writer = new LogWriter(log);
        lines.addConsumer(OutputType.STDOUT, writer);
        lines.addConsumer(OutputType.STDERR, writer);
        DockerEngine.client()
                .logContainerCmd(container.getContainerId())
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .withSince(sinceEpochSecond)
                .exec(lines);
    }

    @Override
    public void requireAlive() {
        ContainerState state = state();
        if (!Boolean.TRUE.equals(state.getRunning())) {
            throw new StackFailure("The container of " + piece().id() + " ended with exit code "
                    + state.getExitCodeLong() + ". " + LogTail.of(log, SHOWN_LINES));
        }
    }

    private ContainerState state() {
        return DockerEngine.client()
                .inspectContainerCmd(container.getContainerId())
                .exec()
                .getState();
    }

    @Override
    public void stop() {
        if (container != null && container.getContainerId() != null && Boolean.TRUE.equals(state().getRunning())) {
            DockerEngine.client()
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout(STOP_GRACE_SECONDS)
                    .exec();
        }
    }

    @Override
    public void discard() {
        if (container != null) {
            container.stop();
        }
    }

    @Override
    public void kill() {
        DockerEngine.client().killContainerCmd(container.getContainerId()).exec();
        DockerEngine.client()
                .waitContainerCmd(container.getContainerId())
                .start()
                .awaitStatusCode();
    }

    @Override
    public void pause() {
        DockerEngine.client().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void resume() {
        DockerEngine.client().unpauseContainerCmd(container.getContainerId()).exec();
    }

    /** Whether it answers is {@link RunningStack}'s question, the same for all kinds. */
    private static final class NoWaiting extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            // Nothing: see above.
        }
    }

    /** Running, or ended: then {@link #requireAlive()} tells how. */
    private static final class Started extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(com.github.dockerjava.api.DockerClient client, String containerId) {
            return StartupStatus.SUCCESSFUL;
        }
    }
}
