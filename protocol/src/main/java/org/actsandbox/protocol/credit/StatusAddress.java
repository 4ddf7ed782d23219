package org.actsandbox.protocol.credit;

import org.jspecify.annotations.Nullable;

/** Names the address at which the current state of a credential can be asked for. */
public record StatusAddress(String uri, @Nullable String method) {}
