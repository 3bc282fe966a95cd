package io.sekisho.localstack;

import java.time.Duration;

/**
 * Is told what is being started and how long it took.
 *
 * <p><b>Thread safety:</b> called from several threads at once.
 */
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = new Progress() {
        @Override
        public void starting(String what) {}

        @Override
        public void ready(String what, Duration took) {}

        @Override
        public void failed(String what) {}
    };

    void starting(String what);

    void ready(String what, Duration took);

    void failed(String what);
}
