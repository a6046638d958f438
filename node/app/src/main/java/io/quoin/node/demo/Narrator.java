package io.quoin.node.demo;

/** Where the demonstration tells what it does. Called from several threads. */
public interface Narrator {
    /** Tells one thing that has happened. */
    void line(String text);

    /** Tells what is being waited for, until {@link #arrived}. */
    void waiting(String text);

    /** The waiting is over. */
    void arrived();
}
