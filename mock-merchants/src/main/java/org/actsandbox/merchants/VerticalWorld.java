package org.actsandbox.merchants;

import java.time.InstantSource;
import java.time.ZoneId;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Bundles what a vertical needs from the world that it trades in.
 *
 * @param partition the first key column of every row; opaque to domain code
 * @param seed the seed of the world, which prices, sales and quirks follow from
 */
public record VerticalWorld(
    String partition, long seed, InstantSource clock, ZoneId zone, JdbcClient jdbc) {}
