package io.quoin.node.sequencer;

import io.quoin.matching.Engine;

/**
 * The engine between two commands, for reading.
 *
 * @param engine to be read only, and only while the query runs
 * @param position the log position that it has come to
 */
public record EngineView(Engine engine, long position) {}
