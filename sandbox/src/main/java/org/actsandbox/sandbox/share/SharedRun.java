package org.actsandbox.sandbox.share;

import java.time.Instant;

/**
 * What is known about a shared run without opening it.
 *
 * @param id names it to its owner; it opens nothing
 * @param entries of the journal
 * @param bytes as it is stored
 * @param expiresAt by the machine's clock
 */
public record SharedRun(
    String id,
    String world,
    String title,
    int entries,
    long bytes,
    Instant createdAt,
    Instant expiresAt) {}
