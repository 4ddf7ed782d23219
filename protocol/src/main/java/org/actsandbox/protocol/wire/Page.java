package org.actsandbox.protocol.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of any list.
 *
 * @param next opaque cursor of the next page; absent on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {}
