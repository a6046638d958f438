package io.quoin.node.cli;

import io.quoin.node.demo.Narrator;

/** Lets the demonstration speak on the console. */
final class ConsoleNarrator implements Narrator {
    private final Console console;

    ConsoleNarrator(Console console) {
        this.console = console;
    }

    @Override
    public void line(String text) {
        console.line(text);
    }

    @Override
    public void waiting(String text) {
        console.waiting(text);
    }

    @Override
    public void arrived() {
        console.arrived();
    }
}
