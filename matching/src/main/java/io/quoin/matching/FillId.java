package io.quoin.matching;

/**
 * Identifies a fill within one engine. The engine numbers its fills 1, 2, 3, …, so the same commands
 * give the same fills the same ids.
 *
 * @param value the position of the fill among all fills of the engine, from 1
 */
public record FillId(long value) {}
