package io.sekisho.demo;

/** One line of the table: sends a message, and knows what tracking must say of it afterwards. */
interface Line {

    /** What happens, in the words of the table. */
    String title();

    /** Sends the message. Called for all lines before {@link #read} is called for any. */
    void send(Stage stage);

    /** Waits until tracking tells the end of it, and compares. */
    Told read(Stage stage);
}
