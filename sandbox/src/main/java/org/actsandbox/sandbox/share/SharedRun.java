package org.actsandbox.sandbox.share;

import java.time.Instant;

/**
 * Describes a shared run without its content.
 *
 * @param id id for the owner; it opens nothing
 * @param entries number of journal entries
 * @param bytes size as it is stored
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
