package org.actsandbox.protocol.credit;

import org.jspecify.annotations.Nullable;

/** Where the current state is asked for. */
public record StatusAddress(String uri, @Nullable String method) {}
