package org.actsandbox.merchants;

import java.time.InstantSource;
import java.time.ZoneId;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a vertical gets of the world it trades in.
 *
 * @param partition first key column of every row; opaque to domain code
 * @param seed the world's: prices, sales and quirks follow from it
 */
public record VerticalWorld(
    String partition, long seed, InstantSource clock, ZoneId zone, JdbcClient jdbc) {}
