package org.actsandbox.sandbox.node;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * Represents a process that works on the database.
 *
 * @param address address at which other nodes reach it
 * @param draining whether it is stopping and gives its worlds away
 * @param silence time since its last beat, by the database's clock
 * @param worlds number of worlds that it owns
 */
public record Node(
    String id, URI address, boolean draining, Instant startedAt, Duration silence, int worlds) {}
