package io.sekisho.localstack.cluster;

import java.util.List;

/** How the services' JVMs compile what they run. */
public enum JvmTuning {
    /** The quick compiler only: four services start on two cores in half the time, and run at perhaps half the speed. */
    QUICK_START,
    /** As the images run: what stays hot is compiled again by the optimising compiler. For measurements. */
    SUSTAINED;

    List<String> options() {
        return switch (this) {
            case QUICK_START -> List.of("-XX:TieredStopAtLevel=1");
            case SUSTAINED -> List.of();
        };
    }
}
