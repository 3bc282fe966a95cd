package io.sekisho.localstack;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;

/** A program that starts the stack in the directory given and waits to be killed. */
final class StackHolder {
    private StackHolder() {}

    public static void main(String[] arguments) throws InterruptedException {
        LocalStack.with(EnumSet.allOf(Piece.class))
                .dataDirectory(Path.of(arguments[0]))
                .start();
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
