/**
 * Guards every request before it reaches an endpoint: the filters, and what Spring needs to know of
 * them. Their parts are in {@code edge.access} (keys), {@code edge.exchange} (the request, its
 * record and its errors) and {@code edge.fault} (faults on the wire).
 */
@NullMarked
package org.actsandbox.sandbox.edge;

import org.jspecify.annotations.NullMarked;
